import type { CloseCode } from '../../shared/protocol/close.ts'

/** What the rooms and the sockets tell about themselves. Calls are cheap: the hot paths make them. */
export interface RelayMetrics {
  /** A room applied, checked, logged and published what had queued. */
  tick(seconds: number, updates: number, bytes: number): void
  /** The share of a tick that went into validation. */
  validated(seconds: number): void
  /** An append became durable. */
  appended(seconds: number): void
  /** An append could not be made durable. */
  appendFailed(): void
  /** A frame arrived, of so many bytes. */
  received(bytes: number): void
  /** Bytes were handed to so many sockets. */
  sent(bytes: number, sockets: number): void
  /** Presence was not sent to a socket that lags behind. */
  presenceDropped(): void
  /** A client was closed by the relay. */
  closed(code: CloseCode): void
  /** A snapshot was stored, of so many bytes; `lag` is how long its oldest change had waited. */
  snapshotted(seconds: number, bytes: number, lagSeconds: number): void
  snapshotFailed(): void
}

export const NO_METRICS: RelayMetrics = {
  tick() {},
  validated() {},
  appended() {},
  appendFailed() {},
  received() {},
  sent() {},
  presenceDropped() {},
  closed() {},
  snapshotted() {},
  snapshotFailed() {},
}
