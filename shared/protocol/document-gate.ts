import * as Y from 'yjs'
import { CLOSE } from './close.ts'
import { ProtocolError } from './error.ts'
import { Nesting } from './nesting.ts'

/** The root types of a board; each is a map. */
const ROOTS: ReadonlySet<string> = new Set(['shapes', 'comments', 'meta'])

/**
 * Types inside one another, the root not counted. A label in a shape is the second; Yjs walks up from each change, and
 * down to delete, so that thousands hold a relay up for minutes.
 */
const MAX_NESTING = 8

/** Levels of arrays and objects in a value. Yjs encodes them by recursion, deeper than it decoded them. */
const MAX_DEPTH = 64

/** Structs of one update. An item takes 11 bytes or more: as many of them as a frame of 16 MiB has room for. */
const MAX_STRUCTS = 1_500_000

type Decoded = ReturnType<typeof Y.decodeUpdate>
type Struct = Decoded['structs'][number]

/**
 * Throws ProtocolError for an update (v1) that may not enter a board: one that cannot be decoded or writes to other root
 * types than ours, and what Yjs would read but no client writes: empty structs, clocks past 2^53, subdocuments, endless
 * nesting. `doc` is the board that the update is for; it is not changed.
 *
 * The relay and the client apply the same rules. Else one peer could plant in another's document what the relay then
 * refuses from its victim.
 */
export function checkUpdate(doc: Y.Doc, update: Uint8Array): void {
  const { structs, ds } = decode(update)
  if (structs.length > MAX_STRUCTS) throw refusal(`An update holds ${structs.length} structs.`)
  checkOrder(structs)
  const nesting = new Nesting(doc, structs)
  for (const struct of structs) checkStruct(struct, nesting)
  for (const ranges of ds.clients.values()) {
    for (const range of ranges) checkRange(range.clock, range.len)
  }
}

function decode(update: Uint8Array): Decoded {
  try {
    return Y.decodeUpdate(update)
  } catch {
    throw refusal('An update cannot be decoded.')
  }
}

/** The structs of a client follow one another, in one part. Of several parts Yjs would keep the last. */
function checkOrder(structs: readonly Struct[]): void {
  const ends = new Map<number, number>()
  let current: number | null = null
  for (const { id, length } of structs) {
    const end = ends.get(id.client)
    if (end !== undefined && (id.client !== current || id.clock !== end))
      throw refusal('An update holds a client in two parts.')
    ends.set(id.client, id.clock + length)
    current = id.client
  }
}

function checkStruct(struct: Struct, nesting: Nesting): void {
  checkRange(struct.id.clock, struct.length)
  if (!(struct instanceof Y.Item)) return
  checkContent(struct.content)
  if (struct.content instanceof Y.ContentType && nesting.depthOf(struct, MAX_NESTING) > MAX_NESTING) {
    throw refusal('An update nests types too deeply.')
  }
  // Decoded alone, an item whose parent is a root type holds the root's name there.
  const parent: unknown = struct.parent
  if (typeof parent !== 'string') return
  if (!ROOTS.has(parent))
    throw refusal(`An update writes to the root type ${JSON.stringify(parent.slice(0, 64))}.`)
  if (struct.parentSub === null) throw refusal(`An update writes to the root type ${parent} as a list.`)
}

function checkContent(content: Y.Item['content']): void {
  if (content instanceof Y.ContentDoc) throw refusal('An update holds a subdocument.')
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) content.arr.forEach(checkValue)
  else if (content instanceof Y.ContentEmbed) checkValue(content.embed)
  else if (content instanceof Y.ContentFormat) checkValue(content.value)
}

/** Level by level, so that it cannot run out of stack itself. */
function checkValue(value: unknown): void {
  let level = partsOf([value])
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw refusal('An update holds a value that is nested too deeply.')
    level = level.flatMap(partsOf)
  }
}

/** What of a value can hold more: its arrays and objects, and it alone when it is neither empty nor bytes. */
function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.values(value).filter(part => typeof part === 'object' && part !== null)
}

function checkRange(clock: number, length: number): void {
  if (!(length > 0) || !Number.isSafeInteger(clock + length))
    throw refusal('An update holds an impossible range.')
}

function refusal(reason: string): ProtocolError {
  return new ProtocolError(CLOSE.malformed, reason)
}
