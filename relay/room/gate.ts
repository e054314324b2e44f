import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import type { Grant } from '../auth/authorizer.ts'

/** Decides whether a change may enter a board. */
export interface Gate {
  /** Throws ProtocolError to refuse. The update has not touched the document yet. */
  admit(update: Uint8Array, grant: Grant): void
}

/** The root types of a board; each is a map. */
const ROOTS: ReadonlySet<string> = new Set(['shapes', 'comments', 'meta'])

type Decoded = ReturnType<typeof Y.decodeUpdate>
type Struct = Decoded['structs'][number]

/**
 * Admits what can be decoded and writes into our root types only. It also keeps out what Yjs would read but no client
 * writes and that would harm the room: empty structs, clocks past 2^53, subdocuments.
 */
export const rootGate: Gate = {
  admit(update) {
    const { structs, ds } = decode(update)
    for (const struct of structs) checkStruct(struct)
    for (const ranges of ds.clients.values()) {
      for (const range of ranges) checkRange(range.clock, range.len)
    }
  },
}

function decode(update: Uint8Array): Decoded {
  try {
    return Y.decodeUpdate(update)
  } catch {
    throw refusal('An update cannot be decoded.')
  }
}

function checkStruct(struct: Struct): void {
  checkRange(struct.id.clock, struct.length)
  if (!(struct instanceof Y.Item)) return
  if (struct.content instanceof Y.ContentDoc) throw refusal('An update holds a subdocument.')
  // Decoded alone, an item whose parent is a root type holds the root's name there.
  const parent: unknown = struct.parent
  if (typeof parent !== 'string') return
  if (!ROOTS.has(parent))
    throw refusal(`An update writes to the root type ${JSON.stringify(parent.slice(0, 64))}.`)
  if (struct.parentSub === null) throw refusal(`An update writes to the root type ${parent} as a list.`)
}

function checkRange(clock: number, length: number): void {
  if (!(length > 0) || !Number.isSafeInteger(clock + length))
    throw refusal('An update holds an impossible range.')
}

function refusal(reason: string): ProtocolError {
  return new ProtocolError(CLOSE.malformed, reason)
}
