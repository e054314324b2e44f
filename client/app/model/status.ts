import { type Closure, pauseOf, refusalLine } from './closure.ts'
import type { Change } from './status-changes.ts'

/** Where the board is kept, as the sync layer knows it from real acknowledgements. */
export interface SyncStatus {
  readonly device: 'loading' | 'saving' | 'saved' | 'failed'
  /** Why saving on this device failed, for the person. */
  readonly deviceMessage?: string
  /** People with a direct connection to this device. */
  readonly peers: number
  /** Those of them who have said that they hold every change of the person's. */
  readonly holders?: number
  /** The person's latest gestures, the newest first. */
  readonly changes?: readonly Change[]
  /** `off`: it did not answer, and is asked again and again. */
  readonly relay: 'off' | 'connecting' | 'syncing' | 'saved' | 'refused'
  /** All of it is in a stored snapshot, too. */
  readonly inSnapshot?: boolean
  /** Why it refused. */
  readonly refusal?: Closure
  /** The code with which it last closed this device out for a while. */
  readonly pause?: number
  /** The person may look at the board and not change it. */
  readonly viewOnly?: boolean
  /** This device holds changes that the person may no longer send. */
  readonly keepsBack?: boolean
  /** What the browser says about its network. */
  readonly online: boolean
}

export const INITIAL_STATUS: SyncStatus = { device: 'loading', peers: 0, relay: 'connecting', online: true }

export type Tone = 'good' | 'busy' | 'quiet' | 'bad'

export interface StatusLine {
  readonly tone: Tone
  readonly text: string
}

/** What is told of a refusal that gave no reason. */
export const REFUSED: Closure = { code: 0, reason: '', where: '' }

/** The one line that sums it up: the worst that the person should know, else where the board is safe. */
export function statusLine(status: SyncStatus): StatusLine {
  if (status.device === 'failed') return { tone: 'bad', text: 'Not saved on this device' }
  if (status.relay === 'refused') return { tone: 'bad', text: refusalLine(status.refusal ?? REFUSED) }
  if (status.device === 'loading') return { tone: 'busy', text: 'Opening…' }
  if (status.device === 'saving') return { tone: 'busy', text: 'Saving…' }
  if (!status.online && status.peers === 0) return { tone: 'quiet', text: 'Offline, saved on this device' }
  switch (status.relay) {
    case 'saved':
      if (status.keepsBack) return { tone: 'quiet', text: 'Your changes stay on this device' }
      return { tone: 'good', text: status.viewOnly ? 'Up to date' : 'Saved and shared' }
    case 'syncing':
      return { tone: 'busy', text: status.viewOnly ? 'Fetching changes…' : 'Saved here, sending…' }
    case 'connecting':
    case 'off':
      return unconnectedLine(status)
  }
}

function unconnectedLine({ relay, peers, pause }: SyncStatus): StatusLine {
  if (peers > 0) return { tone: 'good', text: `Saved here, direct with ${peers}` }
  const paused = pauseOf(pause)
  if (relay === 'off' && paused) return { tone: 'quiet', text: paused.line }
  return relay === 'off'
    ? { tone: 'quiet', text: 'Offline, saved on this device' }
    : { tone: 'quiet', text: 'Saved here, connecting…' }
}
