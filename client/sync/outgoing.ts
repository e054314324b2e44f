import * as decoding from 'lib0/decoding'
import type { Hello } from '../../shared/protocol/hello.ts'
import { isAtLeast } from '../../shared/protocol/role.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { splitFrame } from './split-update.ts'

/** What becomes of a frame that y-websocket wants to send. */
export type Verdict =
  | { readonly do: 'send'; readonly frames: readonly Uint8Array[] }
  /** The relay has no use for it, or gets what it says in a later frame. */
  | { readonly do: 'drop' }
  /** It holds changes that the relay does not take from this person, or not yet: they stay on this device. */
  | { readonly do: 'keep' }
  /** One thing in it is larger than the relay takes. Bytes. */
  | { readonly do: 'refuse'; readonly bytes: number; readonly limit: number }

/** First byte of a frame, and the second one of a document frame: varuints, of one byte each. */
const SYNC = 0
const AWARENESS = 1
const STEP_1 = 0
const STEP_2 = 1

const DROP: Verdict = { do: 'drop' }

/**
 * Whether the relay takes changes from here. One that is older than this app would close us out for ever over the first
 * value that it does not know. It is read from, and sent everything once it is updated: it greets us anew then.
 */
export const takesChanges = ({ role, schema }: Hello): boolean =>
  isAtLeast(role, 'editor') && schema >= SCHEMA_VERSION

/**
 * Holds a frame against what the relay said on this connection; null before it has said anything. y-websocket knows neither
 * roles nor limits, and sends everybody's presence on, as if the relay did not.
 */
export function verdictOn(
  frame: Uint8Array,
  hello: Hello | null,
  isOurs: (client: number) => boolean,
): Verdict {
  if (frame[0] === AWARENESS) return presenceVerdict(frame, hello, isOurs)
  if (frame[0] !== SYNC || frame[1] === STEP_1) return { do: 'send', frames: [frame] }
  // The answer to the relay's state vector, which comes after its hello, holds it.
  if (!hello) return DROP
  if (!takesChanges(hello)) return frame[1] === STEP_2 && !holdsNews(frame) ? DROP : { do: 'keep' }
  const limit = hello.limits.frameBytes
  if (frame.length <= limit) return { do: 'send', frames: [frame] }
  const frames = splitFrame(frame, limit)
  return frames ? { do: 'send', frames } : { do: 'refuse', bytes: frame.length, limit }
}

function presenceVerdict(
  frame: Uint8Array,
  hello: Hello | null,
  isOurs: (client: number) => boolean,
): Verdict {
  const isTooLarge = frame.length > (hello?.limits.presenceBytes ?? Number.POSITIVE_INFINITY)
  return isTooLarge || !namesOnly(frame, isOurs) ? DROP : { do: 'send', frames: [frame] }
}

/** Whether an awareness frame names somebody, and nobody but those. */
function namesOnly(frame: Uint8Array, isOurs: (client: number) => boolean): boolean {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarUint(decoder)
  const entries = decoding.createDecoder(decoding.readVarUint8Array(decoder))
  const count = decoding.readVarUint(entries)
  for (let read = 0; read < count; read += 1) {
    if (!isOurs(decoding.readVarUint(entries))) return false
    // Its clock, and its state.
    decoding.readVarUint(entries)
    decoding.readVarUint8Array(entries)
  }
  return count > 0
}

/** Whether a sync step 2 holds more than deletions, of which it always names all, known or not. */
function holdsNews(frame: Uint8Array): boolean {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  const update = decoding.readVarUint8Array(decoder)
  // An update (v1) begins with the number of clients that it has structs of.
  return decoding.readVarUint(decoding.createDecoder(update)) > 0
}
