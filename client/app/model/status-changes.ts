/** One of the person's latest gestures and where it is by now, each part confirmed. */
export interface Change {
  readonly id: number
  /** When it was made, in ms since the epoch. */
  readonly at: number
  readonly what: 'added' | 'changed' | 'removed'
  /** The ids of the shapes. */
  readonly shapes: readonly string[]
  readonly device: boolean
  /** Peers who hold it. */
  readonly peers: number
  readonly relay: boolean
  readonly snapshot: boolean
}

/** Whether a change is in one place. */
export interface Mark {
  readonly place: 'Device' | 'Peers' | 'Relay' | 'Snapshot'
  readonly isThere: boolean
  /** How many hold it, where that is more than a yes. */
  readonly count?: number
}

const VERBS = { added: 'Added', changed: 'Changed', removed: 'Removed' } as const

export const changeText = ({ what, shapes }: Change): string =>
  `${VERBS[what]} ${shapes.length === 1 ? 'a shape' : `${shapes.length.toLocaleString('en')} shapes`}`

export const changeMarks = ({ device, peers, relay, snapshot }: Change): readonly Mark[] => [
  { place: 'Device', isThere: device },
  { place: 'Peers', isThere: peers > 0, ...(peers > 0 && { count: peers }) },
  { place: 'Relay', isThere: relay },
  { place: 'Snapshot', isThere: snapshot },
]

/** Where a change is, as a sentence. */
export function whereText({ device, peers, relay, snapshot }: Change): string {
  const places = [
    ...(device ? ['on this device'] : []),
    ...(peers > 0 ? [`with ${peers} ${peers === 1 ? 'peer' : 'peers'}`] : []),
    ...(relay ? ['on the relay'] : []),
    ...(snapshot ? ['in its snapshot'] : []),
  ]
  if (places.length === 0) return 'Only in this tab so far.'
  const last = places.at(-1) as string
  const list = places.length === 1 ? last : `${places.slice(0, -1).join(', ')} and ${last}`
  return `Kept ${list}.`
}

/** How long ago, in words; `ms` of the past. */
export function agoText(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  if (seconds < 3) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`
}
