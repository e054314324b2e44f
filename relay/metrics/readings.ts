/** What is counted by whoever holds it, and read when somebody asks: by /metrics and by the status page. */
export interface Readings {
  /** Open connections of each endpoint. */
  readonly connections: Readonly<Record<'sync' | 'signal', number>>
  /** Boards in memory. */
  readonly rooms: number
  /** Clients on those boards. */
  readonly sessions: number
  /** Changes that wait for the next tick of their board. */
  readonly queuedChanges: number
  /** Boards whose newest changes no snapshot has. */
  readonly unsnapshottedBoards: number
  /** s. How long the oldest change has waited for a snapshot; 0 when none does. */
  readonly snapshotLagSeconds: number
  readonly stores: Readonly<Record<'log' | 'objects', 'up' | 'down'>>
  readonly ready: boolean
}
