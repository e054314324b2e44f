/**
 * Why the relay closes a socket. A y-websocket client takes 4400-4499 as final and stops reconnecting,
 * and takes everything else as passing: it reconnects with a growing delay and resyncs.
 */
export const CLOSE = {
  /** The relay is stopping. Reconnect. */
  goingAway: 1001,
  /** A frame could not be read, or holds what no document may hold. */
  malformed: 4400,
  /** The key or token that let this client in no longer does: the owner replaced the links, or a token expired. */
  revoked: 4401,
  /** This client may not enter this board, or may not write what it wrote. */
  refused: 4403,
  /** The path does not hold a board id. */
  badBoardId: 4404,
  /** A frame, or what it holds, is over the limits sent in `hello`. */
  tooLarge: 4413,
  /** A change does not fit the schema: an unknown key, a value of the wrong type or out of range. */
  invalid: 4422,
  /** The client speaks only versions of the protocol that this relay no longer speaks. */
  outdated: 4426,
  /** The board could not be loaded or stored. The relay holds nothing of it now. Reconnect later. */
  unavailable: 4503,
  /** The board's owner has not connected to this relay yet, so nobody can be let in. Reconnect later. */
  unclaimed: 4504,
  /** The board, this address or the relay has as many connections as it takes. Reconnect later. */
  crowded: 4508,
  /** More messages or bytes per second than `hello` allows. Reconnect later. */
  tooFast: 4509,
  /** The socket did not take its frames in time. Reconnect and resync from state vectors. */
  tooSlow: 4529,
} as const

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]

/** Whether a client that was closed with this code would only be closed again. */
export const isFinalClose = (code: number): boolean => code >= 4400 && code < 4500
