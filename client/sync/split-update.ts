import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts'

type Decoded = ReturnType<typeof Y.decodeUpdate>
type Struct = Decoded['structs'][number]

/** Bytes of a frame around its update. */
const FRAME_BYTES = 16

/** Bytes that a part needs around its structs: counts, and an id for each client. */
const HEADER_BYTES = 64
const CLIENT_BYTES = 24

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
  let part = new Part()
  for (const struct of inOrder(structs)) {
    const bytes = bytesOf(struct)
    if (!part.isEmpty && part.bytes + bytes + CLIENT_BYTES > maxBytes) {
      parts.push(part.encode())
      part = new Part()
    }
    part.add(struct, bytes)
  }
  if (!part.isEmpty) parts.push(part.encode())
  parts.push(deletions(ds))
  return parts.every(({ length }) => length <= maxBytes) ? parts : null
}

/** The structs of one part, by client and in order of their clocks. */
class Part {
  bytes = HEADER_BYTES
  readonly #runs = new Map<number, Struct[]>()

  get isEmpty(): boolean {
    return this.#runs.size === 0
  }

  add(struct: Struct, bytes: number): void {
    const run = this.#runs.get(struct.id.client)
    if (run) run.push(struct)
    else this.#runs.set(struct.id.client, [struct])
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
    // No deletions.
    encoding.writeVarUint(encoder.restEncoder, 0)
    return encoder.toUint8Array()
  }
}

/** As Yjs itself writes decoded structs when it merges updates. */
function write(encoder: Y.UpdateEncoderV1, struct: Struct): void {
  if (struct instanceof Y.Item || struct instanceof Y.GC) struct.write(encoder, 0)
}

function bytesOf(struct: Struct): number {
  const encoder = new Y.UpdateEncoderV1()
  write(encoder, struct)
  return encoding.length(encoder.restEncoder)
}

/** An update that holds nothing but deletions. */
function deletions({ clients }: Decoded['ds']): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, clients.size)
  for (const [client, ranges] of clients) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, len)
    }
  }
  return encoding.toUint8Array(encoder)
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
