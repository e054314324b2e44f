/** What an update holds of one Yjs client. */
export interface Span {
  readonly client: number
  /** Place among the writers of the room; null for other clients. */
  readonly writer: number | null
  readonly from: number
  readonly to: number
  readonly lastEdit: number
}

export interface Changes {
  readonly updates: readonly Uint8Array[]
  readonly spans: readonly Span[]
}
