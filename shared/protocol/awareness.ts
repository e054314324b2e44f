import { FrameReader, FrameWriter } from './bytes.ts'
import { CLOSE } from './close.ts'
import { ProtocolError } from './error.ts'
import { jsonDepth } from './json-depth.ts'

/** One client's presence, as y-protocols carries it. `state` is JSON; the text `null` says that the client left. */
export interface AwarenessEntry {
  client: number
  clock: number
  state: string
}

/** The state of a client that left. */
export const DEPARTED = 'null'

/** UTF-16 code units of one client's state. A window of a growing stroke fits; a document does not. */
const MAX_PRESENCE_STATE = 65_536

/** Deepest nesting of a state's JSON, so that nobody's parser runs out of stack. */
const MAX_DEPTH = 64

/** Reads the payload of an awareness frame. Every state is JSON, of bounded size and depth. */
export function decodeAwareness(update: Uint8Array, maxEntries = Number.POSITIVE_INFINITY): AwarenessEntry[] {
  const reader = new FrameReader(update)
  const count = reader.varUint('the number of presence entries')
  if (count > maxEntries) throw new ProtocolError(CLOSE.tooLarge, `A frame shows ${count} clients.`)
  const entries: AwarenessEntry[] = []
  for (let read = 0; read < count; read += 1) {
    const client = reader.varUint('a client id')
    const clock = reader.varUint('a presence clock')
    const state = reader.varString('a presence state')
    checkState(state)
    entries.push({ client, clock, state })
  }
  reader.end()
  return entries
}

export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array<ArrayBuffer> {
  const writer = new FrameWriter().varUint(entries.length)
  for (const entry of entries) writer.varUint(entry.client).varUint(entry.clock).varString(entry.state)
  return writer.finish()
}

function checkState(state: string): void {
  if (state.length > MAX_PRESENCE_STATE) {
    throw new ProtocolError(CLOSE.tooLarge, `A presence state has ${state.length} characters.`)
  }
  if (jsonDepth(state) > MAX_DEPTH) {
    throw new ProtocolError(CLOSE.malformed, 'A presence state is nested too deeply.')
  }
  try {
    JSON.parse(state)
  } catch {
    throw new ProtocolError(CLOSE.malformed, 'A presence state is not JSON.')
  }
}
