/** Where the board is kept, as the sync layer knows it from real acknowledgements. */
export interface SyncStatus {
  readonly device: 'loading' | 'saving' | 'saved' | 'failed'
  /** Why saving on this device failed, for the person. */
  readonly deviceMessage?: string
  /** People with a direct connection to this device. */
  readonly peers: number
  /** `off`: it did not answer, and is asked again and again. */
  readonly relay: 'off' | 'connecting' | 'syncing' | 'saved' | 'refused'
  /** Why the relay refused, for the person. */
  readonly relayMessage?: string
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

/** The one line that sums it up: the worst that the person should know, else where the board is safe. */
export function statusLine(status: SyncStatus): StatusLine {
  if (status.device === 'failed') return { tone: 'bad', text: 'Not saved on this device' }
  if (status.relay === 'refused') return { tone: 'bad', text: 'The relay refused changes' }
  if (status.device === 'loading') return { tone: 'busy', text: 'Opening…' }
  if (status.device === 'saving') return { tone: 'busy', text: 'Saving…' }
  if (!status.online && status.peers === 0) return { tone: 'quiet', text: 'Offline, saved on this device' }
  switch (status.relay) {
    case 'saved':
      return { tone: 'good', text: 'Saved and shared' }
    case 'syncing':
      return { tone: 'busy', text: 'Saved here, sending…' }
    case 'connecting':
    case 'off':
      if (status.peers > 0) return { tone: 'good', text: `Saved here, direct with ${status.peers}` }
      return status.relay === 'off'
        ? { tone: 'quiet', text: 'Offline, saved on this device' }
        : { tone: 'quiet', text: 'Saved here, connecting…' }
  }
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

function relayRow({ relay, relayMessage, online }: SyncStatus): StatusLine {
  switch (relay) {
    case 'saved':
      return { tone: 'good', text: 'Every change is safe on the relay.' }
    case 'syncing':
      return { tone: 'busy', text: 'Sending your latest changes.' }
    case 'connecting':
      if (!online) return { tone: 'quiet', text: 'You are offline. Changes are sent when you are back.' }
      return { tone: 'busy', text: 'Connecting. Changes are sent once it answers.' }
    case 'off':
      return { tone: 'quiet', text: 'Out of reach. Changes are sent once it answers.' }
    case 'refused':
      return { tone: 'bad', text: relayMessage ?? 'It does not accept changes from this device.' }
  }
}
