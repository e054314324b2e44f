import { type Closure, pauseOf, refusalLine, refusalText } from './closure.ts'

/** Where the board is kept, as the sync layer knows it from real acknowledgements. */
export interface SyncStatus {
  readonly device: 'loading' | 'saving' | 'saved' | 'failed'
  /** Why saving on this device failed, for the person. */
  readonly deviceMessage?: string
  /** People with a direct connection to this device. */
  readonly peers: number
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

export interface StatusRow extends StatusLine {
  readonly place: string
}

const REFUSED: Closure = { code: 0, reason: '', where: '' }

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

/** Each place in plain words. */
export function statusRows(status: SyncStatus): readonly StatusRow[] {
  return [
    { place: 'This device', ...deviceRow(status) },
    { place: 'Directly', ...directRow(status) },
    { place: 'Relay', ...relayRow(status) },
  ]
}

function deviceRow({ device, deviceMessage }: SyncStatus): StatusLine {
  switch (device) {
    case 'loading':
      return { tone: 'busy', text: 'Reading the board from this device.' }
    case 'saving':
      return { tone: 'busy', text: 'Writing your latest change.' }
    case 'saved':
      return { tone: 'good', text: 'Every change is saved here.' }
    case 'failed':
      return { tone: 'bad', text: deviceMessage ?? 'Your latest changes could not be saved here.' }
  }
}

function directRow({ peers }: SyncStatus): StatusLine {
  if (peers === 0) return { tone: 'quiet', text: 'Nobody is connected directly.' }
  return { tone: 'good', text: `Connected directly with ${peers} ${peers === 1 ? 'person' : 'people'}.` }
}

function relayRow(status: SyncStatus): StatusLine {
  switch (status.relay) {
    case 'saved':
      return savedRow(status)
    case 'syncing': {
      const text = status.viewOnly ? 'Fetching the latest changes.' : 'Sending your latest changes.'
      return { tone: 'busy', text }
    }
    case 'connecting':
    case 'off':
      return unconnectedRow(status)
    case 'refused':
      return { tone: 'bad', text: refusalText(status.refusal ?? REFUSED) }
  }
}

function unconnectedRow({ relay, pause, online, viewOnly }: SyncStatus): StatusLine {
  const later = viewOnly ? 'What others do is shown' : 'Changes are sent'
  const paused = pauseOf(pause)
  if (relay === 'off' && paused && online) return { tone: 'quiet', text: paused.text }
  if (relay === 'off') return { tone: 'quiet', text: `Out of reach. ${later} once it answers.` }
  if (!online) return { tone: 'quiet', text: `You are offline. ${later} when you are back.` }
  return { tone: 'busy', text: `Connecting. ${later} once it answers.` }
}

function savedRow({ viewOnly, keepsBack, inSnapshot }: SyncStatus): StatusLine {
  if (keepsBack) {
    const text = 'Changes of yours are kept on this device: your link lets you look, not change.'
    return { tone: 'quiet', text }
  }
  if (viewOnly) return { tone: 'good', text: 'You see every change as it is made.' }
  return {
    tone: 'good',
    text: inSnapshot
      ? 'Every change is safe on the relay, and in its snapshot.'
      : 'Every change is safe on the relay.',
  }
}
