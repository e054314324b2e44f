import type * as Y from 'yjs'
import { Writing } from '../edits.ts'
import { EDITS, type EditKind } from '../plan.ts'
import { clientOf } from '../seats.ts'
import { CARD_CLOCKS, type Timeline } from '../timeline.ts'
import { clientFrame, OPCODE } from './frames.ts'

export interface ScriptParts {
  readonly person: number
  readonly seed: number
  readonly timeline: Timeline
  /** The message that brings a relay an update. */
  readonly encode: (update: Uint8Array) => Uint8Array
}

/**
 * What one person writes, edit after edit. It follows from the seed, and so a part can be made ahead: then a person at work
 * costs little more than the sending.
 */
export class Script {
  /** Of Yjs. */
  readonly client: number
  /** Edits made. */
  made = 0
  readonly #with: ScriptParts
  /** Ahead of `made` by the edits that are ready. */
  readonly #author: Author
  /** At `made`, where that is asked for while the author is ahead. */
  #follower: Author | null = null
  /** What is ready: frames one behind the other, and where each ends. */
  #ready = new Uint8Array()
  #ends = new Uint32Array()

  constructor(parts: ScriptParts) {
    this.#with = parts
    this.client = clientOf(parts.person)
    this.#author = new Author(parts)
  }

  /** The document as this person has it. */
  get doc(): Y.Doc {
    const { made } = this
    if (this.#author.made === made) return this.#author.doc
    this.#follower ??= new Author(this.#with)
    while (this.#follower.made < made) this.#follower.next()
    return this.#follower.doc
  }

  /** The writer's own clock. */
  get clock(): number {
    return this.made > 0 ? (this.#with.timeline.end[this.made - 1] as number) : CARD_CLOCKS
  }

  /** Makes edits ahead, in so many bytes; before the first is made. */
  prepare(most: number): void {
    const frames: Uint8Array[] = []
    const ends: number[] = []
    let bytes = 0
    while (bytes < most && this.#author.made < this.#with.timeline.due.length) {
      const frame = this.#fresh()
      bytes += frame.length
      frames.push(frame)
      ends.push(bytes)
    }
    this.#ready = new Uint8Array(bytes)
    for (const [at, frame] of frames.entries()) this.#ready.set(frame, at > 0 ? (ends[at - 1] as number) : 0)
    this.#ends = Uint32Array.from(ends)
  }

  /** Makes the next edit. Returns its frame. */
  next(): Uint8Array {
    const edit = this.made
    this.made = edit + 1
    if (edit >= this.#ends.length) return this.#fresh()
    return this.#ready.subarray(edit > 0 ? this.#ends[edit - 1] : 0, this.#ends[edit])
  }

  #fresh(): Uint8Array {
    return clientFrame(OPCODE.binary, this.#with.encode(this.#author.next()))
  }
}

class Author {
  made = 0
  readonly #writing: Writing
  readonly #kinds: Uint8Array
  #latest: Uint8Array = new Uint8Array()

  constructor({ person, seed, timeline }: ScriptParts) {
    this.#writing = new Writing(clientOf(person), person, seed)
    this.#kinds = timeline.kinds
    this.doc.on('update', (update: Uint8Array) => {
      this.#latest = update
    })
  }

  get doc(): Y.Doc {
    return this.#writing.doc
  }

  /** Makes the next edit. Returns its update. */
  next(): Uint8Array {
    this.#writing.make(EDITS[this.#kinds[this.made] as number] as EditKind, this.made)
    this.made += 1
    return this.#latest
  }
}
