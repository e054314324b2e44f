import { pauseOf, refusalText } from './closure.ts'
import { REFUSED, type StatusLine, type SyncStatus } from './status.ts'

export interface StatusRow extends StatusLine {
  readonly place: string
}

/** Each place in plain words. */
export function statusRows(status: SyncStatus): readonly StatusRow[] {
  return [
    { place: 'This device', ...deviceRow(status) },
    { place: 'Peers', ...peersRow(status) },
    { place: 'Relay', ...relayRow(status) },
    ...snapshotRows(status),
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

function peersRow({ peers, holders = 0, viewOnly }: SyncStatus): StatusLine {
  if (peers === 0) return { tone: 'quiet', text: 'Nobody is connected directly.' }
  const connected = `Connected directly with ${peers} ${peers === 1 ? 'person' : 'people'}`
  if (viewOnly) return { tone: 'good', text: `${connected}.` }
  if (holders < peers) {
    const have = holders === 1 ? 'has' : 'have'
    return { tone: 'busy', text: `${connected}; ${holders} ${have} every change of yours so far.` }
  }
  const who = peers === 1 ? 'who has' : peers === 2 ? 'both of whom have' : 'all of whom have'
  return { tone: 'good', text: `${connected}, ${who} every change of yours.` }
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

function savedRow({ viewOnly, keepsBack }: SyncStatus): StatusLine {
  if (keepsBack) {
    const text = viewOnly
      ? 'Changes of yours are kept on this device: your link lets you look, not change.'
      : 'Your changes are kept on this device until the relay is updated: it is older than this page.'
    return { tone: 'quiet', text }
  }
  if (viewOnly) return { tone: 'good', text: 'You see every change as it is made.' }
  return { tone: 'good', text: 'Every change is safe on the relay.' }
}

/** Who may not write has nothing to wait for. */
function snapshotRows({ inSnapshot, keepsBack, relay, viewOnly }: SyncStatus): readonly StatusRow[] {
  if (viewOnly || keepsBack) return []
  if (relay === 'saved' && inSnapshot)
    return [{ place: 'Snapshot', tone: 'good', text: 'Every change is in the snapshot of the board, too.' }]
  const text =
    relay === 'saved' || relay === 'syncing'
      ? 'Your latest changes go into the next snapshot.'
      : 'A snapshot follows once the relay has everything.'
  return [{ place: 'Snapshot', tone: 'quiet', text }]
}
