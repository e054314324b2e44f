/**
 * Why the relay closes a socket. A y-websocket client takes 4400-4499 as final and stops reconnecting,
 * and takes everything else as passing: it reconnects with a growing delay and resyncs.
 */
export const CLOSE = {
  /** The relay is stopping. Reconnect. */
  goingAway: 1001,
  /** A frame could not be read, or holds what this protocol does not allow. */
  malformed: 4400,
  /** The authorizer does not let this client into this board. */
  refused: 4403,
  /** The path does not hold a board id. */
  badBoardId: 4404,
  /** A frame, or what it holds, is over the limits sent in `hello`. */
  tooLarge: 4413,
  /** The client speaks only versions of the protocol that this relay no longer speaks. */
  outdated: 4426,
  /** The board could not be loaded or stored. The relay holds nothing of it now. Reconnect later. */
  unavailable: 4503,
  /** The socket did not take its frames in time. Reconnect and resync from state vectors. */
  tooSlow: 4529,
} as const

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]

/** Whether a client that was closed with this code would only be closed again. */
export const isFinalClose = (code: number): boolean => code >= 4400 && code < 4500
