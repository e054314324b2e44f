import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts'

type Decoded = ReturnType<typeof Y.decodeUpdate>
type Struct = Decoded['structs'][number]
type Deletions = Decoded['ds']

/** Bytes of a frame around its update. */
const FRAME_BYTES = 16

/** Bytes that a part needs around its structs: counts, an id for each client, and a range for each deleted one. */
const HEADER_BYTES = 64
const CLIENT_BYTES = 36
const DELETION_BYTES = 12

/**
 * The frames, of at most `maxBytes` each, that say what a document frame says; the last is of its type. Null when it
 * cannot be split so.
 */
export function splitFrame(bytes: Uint8Array, maxBytes: number): Uint8Array<ArrayBuffer>[] | null {
  const frame = decodeFrame(bytes, bytes.length)
  if (frame.type !== 'update' && frame.type !== 'syncStep2') return null
  const parts = splitUpdate(frame.update, maxBytes - FRAME_BYTES)
  if (!parts) return null
  return parts.map((update, at) =>
    encodeFrame({ type: at === parts.length - 1 ? frame.type : 'update', update }),
  )
}

/**
 * Splits an update (v1) into parts of at most `maxBytes`, in an order in which each part builds only on those before it and
 * on what the receiver has. Null when one thing alone is larger. Left out is what comes after a gap in the update: the
 * sender itself waits for what is missing there.
 */
export function splitUpdate(update: Uint8Array, maxBytes: number): Uint8Array[] | null {
  if (update.length <= maxBytes) return [update]
  const { structs, ds } = Y.decodeUpdate(update)
  const parts: Uint8Array[] = []
  let part = new Part(ds)
  for (const whole of wholes(inOrder(structs))) {
    const bytes = whole.reduce((sum, struct) => sum + bytesOf(struct), 0)
    if (!part.isEmpty && part.bytes + bytes + CLIENT_BYTES > maxBytes) {
      parts.push(part.encode())
      part = new Part(ds)
    }
    part.add(whole, bytes)
  }
  if (!part.isEmpty) parts.push(part.encode())
  const deletions = encoding.createEncoder()
  encoding.writeVarUint(deletions, 0)
  writeDeletions(deletions, ds)
  parts.push(encoding.toUint8Array(deletions))
  return parts.every(({ length }) => length <= maxBytes) ? parts : null
}

/** The structs of one part, by client and in order of their clocks, and which of them are deleted. */
class Part {
  bytes = HEADER_BYTES
  readonly #runs = new Map<number, Struct[]>()
  readonly #deletions: Deletions

  constructor(deletions: Deletions) {
    this.#deletions = deletions
  }

  get isEmpty(): boolean {
    return this.#runs.size === 0
  }

  add(whole: Whole, bytes: number): void {
    const { client } = whole[0].id
    const run = this.#runs.get(client)
    if (run) run.push(...whole)
    else this.#runs.set(client, [...whole])
    this.bytes += bytes + (run ? 0 : CLIENT_BYTES)
  }

  encode(): Uint8Array {
    const encoder = new Y.UpdateEncoderV1()
    encoding.writeVarUint(encoder.restEncoder, this.#runs.size)
    for (const [client, run] of this.#runs) {
      encoding.writeVarUint(encoder.restEncoder, run.length)
      encoder.writeClient(client)
      encoding.writeVarUint(encoder.restEncoder, run[0]?.id.clock ?? 0)
      for (const struct of run) write(encoder, struct)
    }
    writeDeletions(encoder.restEncoder, this.#deleted())
    return encoder.toUint8Array()
  }

  /**
   * What of the part is deleted already. An undo manager keeps such things as they were; of a deleted shape perhaps not all,
   * so that nobody would take it for a shape.
   */
  #deleted(): Deletions {
    const deleted = Y.createDeleteSet()
    for (const [client, run] of this.#runs) {
      const gone = run.filter(({ id }) => Y.isDeleted(this.#deletions, id))
      const ranges = gone.map(({ id, length }) => ({ clock: id.clock, len: length }))
      if (ranges.length > 0) deleted.clients.set(client, ranges)
    }
    return Y.mergeDeleteSets([deleted])
  }
}

/** As Yjs itself writes decoded structs when it merges updates. */
function write(encoder: Y.UpdateEncoderV1, struct: Struct): void {
  if (struct instanceof Y.Item || struct instanceof Y.GC) struct.write(encoder, 0)
}

function bytesOf(struct: Struct): number {
  const encoder = new Y.UpdateEncoderV1()
  write(encoder, struct)
  return encoding.length(encoder.restEncoder) + DELETION_BYTES
}

function writeDeletions(encoder: encoding.Encoder, { clients }: Deletions): void {
  encoding.writeVarUint(encoder, clients.size)
  for (const [client, ranges] of clients) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, len)
    }
  }
}

/** Structs of one client that go together: one, or a new shape and what is in it. */
type Whole = [Struct, ...Struct[]]

/** Nobody takes a shape without the keys that it must have, so they come in one part. */
function* wholes(structs: Iterable<Struct>): Generator<Whole> {
  let whole: Whole | null = null
  for (const struct of structs) {
    if (whole && liesIn(whole, struct)) whole.push(struct)
    else {
      if (whole) yield whole
      whole = [struct]
    }
  }
  if (whole) yield whole
}

/** Whether a struct lies in the first of some, or in a text in that. */
function liesIn(whole: Whole, struct: Struct): boolean {
  const parent: unknown = struct instanceof Y.Item ? struct.parent : null
  if (!(parent instanceof Y.ID) || parent.client !== struct.id.client) return false
  return parent.clock >= whole[0].id.clock && parent.clock < struct.id.clock
}

/** The structs so that each comes after those that it names, as far as the update has them. */
function* inOrder(structs: readonly Struct[]): Generator<Struct> {
  const queues = new Map<number, Struct[]>()
  for (const struct of structs) {
    const queue = queues.get(struct.id.client)
    if (queue) queue.push(struct)
    else queues.set(struct.id.client, [struct])
  }
  const next = new Map([...queues.keys()].map(client => [client, 0]))
  /** Whether the receiver has it, or is sent it by now. What comes before the update it has. */
  const isThere = (id: Y.ID | null): boolean => {
    const queue = id && queues.get(id.client)
    const last = queue?.at(-1)
    if (!queue || !last) return true
    const due = queue[next.get(id.client) ?? 0]
    return id.clock < (due ? due.id.clock : last.id.clock + last.length)
  }
  for (let went = true; went; ) {
    went = false
    for (const [client, queue] of queues) {
      let at = next.get(client) ?? 0
      for (
        let due = queue[at];
        due && !(due instanceof Y.Skip) && namedBy(due).every(isThere);
        due = queue[at]
      ) {
        yield due
        went = true
        next.set(client, ++at)
      }
    }
  }
}

/** What an item builds on: its neighbours and the type that it lies in. */
function namedBy(struct: Struct): (Y.ID | null)[] {
  if (!(struct instanceof Y.Item)) return []
  const parent: unknown = struct.parent
  return [struct.origin, struct.rightOrigin, parent instanceof Y.ID ? parent : null]
}
