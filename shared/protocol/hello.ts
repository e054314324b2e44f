import * as v from 'valibot'
import { CLOSE } from './close.ts'
import { ProtocolError } from './error.ts'
import { relayLimitsSchema } from './limits.ts'
import { ROLES } from './role.ts'

const iceServerSchema = v.object({
  urls: v.array(v.string()),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
})

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const helloSchema = v.object({
  /** What this client may do here. */
  role: v.picklist(ROLES),
  /** How often the owner has replaced the links; null where boards have no keys. */
  epoch: v.nullable(count),
  /** The newest schema version that the relay knows. */
  schema: count,
  limits: relayLimitsSchema,
  /** STUN and TURN servers for the mesh; empty when the operator set none. */
  iceServers: v.array(iceServerSchema),
  /** The secret that signalling is sealed with, and how many direct peers to hold. Null, as for all who may not edit: use the relay only. */
  mesh: v.nullable(v.object({ password: v.string(), maxPeers: count })),
})

export type Hello = v.InferOutput<typeof helloSchema>
export type IceServer = v.InferOutput<typeof iceServerSchema>

/** Reads the JSON of a hello frame; keys it does not know are left out, so that a newer relay may add some. */
export function parseHello(json: string): Hello {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new ProtocolError(CLOSE.malformed, 'The hello is not JSON.')
  }
  const result = v.safeParse(helloSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new ProtocolError(CLOSE.malformed, `The hello is wrong at ${v.getDotPath(issue)}: ${issue.message}.`)
}
