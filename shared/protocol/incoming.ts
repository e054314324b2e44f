import * as Y from 'yjs'
import { CausalOrder } from './causal-order.ts'
import { malformed } from './refusal.ts'

type Decoded = ReturnType<typeof Y.decodeUpdate>
type DecodedStruct = Decoded['structs'][number]

/** What Yjs keeps: an item, or what is left of deleted ones. */
export type Struct = Y.Item | Y.GC
export type Deletions = Decoded['ds']

/** An update, read for one document in its present state. */
export interface Incoming {
  /** What the document lacks and can take now, each after all that it builds on. */
  readonly structs: readonly Struct[]
  readonly deletions: Deletions
  /** Whether that is all of it: nothing that it builds on is missing. */
  readonly isComplete: boolean
  /** Bytes of the update. */
  readonly bytes: number
}

/** Structs of one update. An item takes 11 bytes or more: as many of them as a frame of 16 MiB has room for. */
const MAX_STRUCTS = 1_500_000

/** The root types of a board; each is a map. */
const ROOTS: ReadonlySet<string> = new Set(['shapes', 'comments', 'meta'])

/**
 * Reads an update (v1) with Yjs's own decoder. Throws ProtocolError for bytes that are none, and for what Yjs would read
 * but no client writes: other root types than ours, subdocuments, empty structs, clocks past 2^53, items that name later ones.
 */
export function readUpdate(doc: Y.Doc, update: Uint8Array): Incoming {
  const { structs, ds } = decode(update)
  if (structs.length > MAX_STRUCTS) throw malformed(`An update holds ${structs.length} structs.`)
  for (const struct of structs) checkStruct(struct)
  const order = new CausalOrder(doc, structs)
  const deletions = sorted(ds)
  return {
    structs: order.structs,
    deletions,
    isComplete: order.isWhole && areKnown(deletions, client => order.end(client)),
    bytes: update.length,
  }
}

function decode(update: Uint8Array): Decoded {
  try {
    return Y.decodeUpdate(update)
  } catch {
    throw malformed('An update cannot be decoded.')
  }
}

function checkStruct(struct: DecodedStruct): void {
  checkRange(struct.id.clock, struct.length)
  if (!(struct instanceof Y.Item)) return
  if (struct.content instanceof Y.ContentDoc) throw malformed('An update holds a subdocument.')
  // Decoded alone, an item whose parent is a root type holds the root's name there.
  const parent: unknown = struct.parent
  if (typeof parent !== 'string') return
  if (!ROOTS.has(parent))
    throw malformed(`An update writes to the root type ${JSON.stringify(parent.slice(0, 64))}.`)
  if (struct.parentSub === null) throw malformed(`An update writes to the root type ${parent} as a list.`)
}

function checkRange(clock: number, length: number): void {
  if (!(length > 0) || !Number.isSafeInteger(clock + length))
    throw malformed('An update holds an impossible range.')
}

/** Deletions in order of their clocks, as Yjs writes them, and as it wants them to go through them. */
function sorted(deletions: Deletions): Deletions {
  for (const ranges of deletions.clients.values()) {
    for (const range of ranges) checkRange(range.clock, range.len)
  }
  return deletions.clients.size === 0 ? deletions : Y.mergeDeleteSets([deletions])
}

function areKnown(deletions: Deletions, end: (client: number) => number): boolean {
  for (const [client, ranges] of deletions.clients) {
    const last = ranges.at(-1)
    if (last && last.clock + last.len > end(client)) return false
  }
  return true
}
