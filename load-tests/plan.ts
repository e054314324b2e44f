/** What people do with their own shapes: moves a card, draws a stroke, types into a card. */
export const EDITS = ['move', 'stroke', 'type'] as const
export type EditKind = (typeof EDITS)[number]

/** How much of it. Every number can be set on the command line. */
export interface Load {
  /** People, of all rooms together. */
  readonly clients: number
  readonly rooms: number
  /** Edits a second of each person who writes. */
  readonly rate: number
  /** Presence messages a second of each person. */
  readonly presence: number
  /** Seconds that are measured. */
  readonly duration: number
  /** Of those, whole seconds at the start whose times and costs do not count: what has just started is still being compiled. */
  readonly warmUp: number
  /** Seconds over which people join, evenly. */
  readonly joinOver: number
  /** Share of the people of each room who only look, 0 to 1. */
  readonly viewers: number
  /** Shapes that are on each board before anybody joins. */
  readonly shapes: number
  readonly seed: number
}

/** Something that happens at a time, in seconds from the start, to a share of the people (0 to 1). */
export type Step =
  /** They lose their connection, and draw on. */
  | { readonly at: number; readonly do: 'leave'; readonly share: number }
  /** They make so many edits at once, each. */
  | { readonly at: number; readonly do: 'edit'; readonly share: number; readonly edits: number }
  | { readonly at: number; readonly do: 'return'; readonly share: number }
  /** Their machines take nothing from the network. */
  | { readonly at: number; readonly do: 'stall'; readonly share: number }
  | { readonly at: number; readonly do: 'wake'; readonly share: number }
  /** What happens to a relay that this tool has started itself. */
  | { readonly at: number; readonly do: Disaster }

export const DISASTERS = ['kill', 'start', 'disk full', 'disk free', 's3 down', 's3 up'] as const
export type Disaster = (typeof DISASTERS)[number]

/** What a run must hold; null: it does not say. */
export interface Slo {
  /** ms from the moment at which an edit was to be made until a reader has it. */
  readonly deliveryP99: number | null
  /** ms from the moment at which a person was to join until the board is there. */
  readonly joinP99: number | null
}

export interface Scenario {
  readonly name: string
  readonly summary: string
  readonly load: Omit<Load, 'seed' | 'warmUp'>
  /** How often which edit is made, relative to each other. */
  readonly edits: Readonly<Partial<Record<EditKind, number>>>
  readonly slo: Slo
  /** Whether people join while it is measured, and not before. */
  readonly joinsMeasured?: boolean
  /** Connections beside those of people that break every rule. */
  readonly hostile?: number
  readonly steps?: (load: Load) => readonly Step[]
}

export const TARGETS = ['driftboard', 'y-websocket', 'hocuspocus', 'bare'] as const
export type TargetName = (typeof TARGETS)[number]

/** How people get in: by the keys of the board, whose owner this tool is; by one token for all; or without either. */
export type Access =
  | { readonly by: 'keys' }
  | { readonly by: 'token'; readonly token: string }
  | { readonly by: 'nothing' }

/** All that a process of the generator needs to know. Plain data: it goes to each of them. */
export interface Plan {
  readonly load: Load
  readonly edits: Readonly<Partial<Record<EditKind, number>>>
  readonly steps: readonly Step[]
  readonly joinsMeasured: boolean
  readonly hostile: number
  readonly target: TargetName
  /** Such as ws://127.0.0.1:8787. */
  readonly url: string
  readonly access: Access
  /** What the ids of the boards start with: another for every run. */
  readonly run: string
  readonly processes: number
  /** Whether people come from many addresses: on loopback any of 127.0.0.0/8 will do. */
  readonly spreads: boolean
  /** How long to compare documents at the end at most, ms for each process. */
  readonly compareFor: number
}
