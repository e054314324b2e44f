import * as v from 'valibot'
import { parseHello } from '../../shared/protocol/hello.ts'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const bytes = v.custom<Uint8Array>(value => value instanceof Uint8Array)
const flag = v.exactOptional(v.literal(true))

const relaySchema = v.variant('at', [
  v.object({
    at: v.literal('offline'),
    retryAt: v.exactOptional(v.number()),
    code: v.exactOptional(v.number()),
  }),
  v.object({ at: v.literal('connecting') }),
  v.object({ at: v.literal('syncing') }),
  v.object({ at: v.literal('synced'), durable: v.boolean(), inSnapshot: flag, keepsBack: flag }),
  v.object({ at: v.literal('refused'), code: v.number(), reason: v.string(), where: v.string() }),
])

/** What has arrived somewhere of the changes of each tab. */
const counts = v.map(whole, whole)

const messageSchema = v.variant('type', [
  /** The sender's own presence: a y-protocols update. */
  v.object({ type: v.literal('presence'), from: whole, update: bytes }),
  /** Asks all to tell their presence anew, since it was lost on the way. */
  v.object({ type: v.literal('announce'), from: whole }),
  /** Asks the tab that leads for something: to connect now, to connect anew, or to tell all that it tells. */
  v.object({ type: v.literal('wish'), from: whole, what: v.picklist(['connect', 'reopen', 'hear']) }),
  /** The rest is from the tab that leads. How the network is. */
  v.object({
    type: v.literal('network'),
    from: whole,
    relay: relaySchema,
    hello: v.nullable(
      v.pipe(
        v.string(),
        v.transform(json => parseHello(json)),
      ),
    ),
    peers: whole,
  }),
  v.object({
    type: v.literal('arrivals'),
    from: whole,
    disk: counts,
    snapshot: counts,
    peers: v.array(counts),
  }),
  /** The presence of people elsewhere, as it was seen over one way. */
  v.object({ type: v.literal('people'), from: whole, over: v.picklist(['relay', 'mesh']), update: bytes }),
])

/** What the tabs of one browser and board say to each other so that one of them holds the network for all. */
export type TeamMessage = v.InferOutput<typeof messageSchema>

/** As it is posted: the hello is text until it is read. */
export type PostedMessage = v.InferInput<typeof messageSchema>

/** Null for what is none, such as what a tab of another version of the app says. */
export function readTeamMessage(data: unknown): TeamMessage | null {
  try {
    const { success, output } = v.safeParse(messageSchema, data)
    return success ? output : null
  } catch {
    // A hello that is none.
    return null
  }
}
