import * as v from 'valibot'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What a relay takes; every number is the operator's. */
export const relayLimitsSchema = v.object({
  /** Bytes of one frame. */
  frameBytes: count,
  /** Bytes of a whole board. */
  documentBytes: count,
  /** Shapes on one board. */
  shapes: count,
  /** Bytes of one client's presence. */
  presenceBytes: count,
  /** Connections to one board. */
  connectionsPerRoom: count,
  /** Connections from one address. */
  connectionsPerAddress: count,
  /** Connections to the relay. */
  connections: count,
  /** Messages a second of one connection, over a few seconds. */
  messagesPerSecond: count,
  /** Bytes a second of one connection, beyond one whole board at once. */
  bytesPerSecond: count,
  /** Bytes of one image; missing where a relay does not say. */
  assetBytes: v.exactOptional(count),
})

export type RelayLimits = v.InferOutput<typeof relayLimitsSchema>
