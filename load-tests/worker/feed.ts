import { type AwarenessEntry, decodeAwareness } from '../../shared/protocol/awareness.ts'
import type { Plan } from '../plan.ts'
import { personOf, seatOf } from '../seats.ts'
import type { Heard, Target } from '../targets/target.ts'
import type { Timeline } from '../timeline.ts'
import { type Changes, changesIn } from './changes.ts'
import { Interned, isSame } from './interned.ts'
import type { Reader } from './reader.ts'

/** When a presence was to be sent, ms since the start. */
export type Stamps = readonly number[]

/** A message that went to everybody in the room. */
interface Broadcast extends Changes {
  readonly message: Uint8Array
}

/** What it was, and what is left to do. */
export type Passed =
  | { readonly type: 'taken'; readonly isWhole: boolean }
  | { readonly type: 'presence'; readonly stamps: Stamps }
  | { readonly type: 'heard'; readonly heard: Heard }

/** Bytes of a room's messages that are kept for the comparison of documents at the end. */
const MAX_KEPT = 96 * 1024 * 1024

/** A message so far back has reached every reader of this process. */
const FAR_BACK = 8192

/** Room for the state of a presence that says when it was to be sent. */
const STAMP = /"at":(-?\d+(?:\.\d+)?)/

/** The messages of one room, as its readers in this process hear them: each is read once, however many get it. */
export class Feed {
  readonly log: (Broadcast | null)[] = []
  /** Whether all of `log` is still there. */
  isWhole = true
  #kept = 0
  readonly #positions = new Interned<number>()
  readonly #presences = new Interned<Stamps>()
  readonly #answers = new Interned<Changes>()
  readonly #plan: Pick<Plan, 'load' | 'processes'>
  readonly #target: Target
  readonly #timelines: readonly Timeline[]

  constructor(plan: Pick<Plan, 'load' | 'processes'>, target: Target, timelines: readonly Timeline[]) {
    this.#plan = plan
    this.#target = target
    this.#timelines = timelines
  }

  /** Reads a message for a reader. */
  pass(reader: Reader, message: Uint8Array): Passed {
    const { ranges } = reader
    const next = ranges[ranges.length - 1] ?? 0
    const expected = this.log[next]
    if (expected && isSame(expected.message, message)) return this.#take(reader, next, expected)
    const heard = this.#target.decode(message)
    if (heard.type === 'presence')
      return { type: 'presence', stamps: this.#presences.get(heard.update, stampsIn) }
    if (heard.type !== 'changes') return { type: 'heard', heard }
    const at = this.#positions.get(message, copy => this.#append(copy))
    return this.#take(reader, at, this.log[at] ?? this.#changesOf(heard.updates))
  }

  /** The changes in an answer to one reader, or to several that asked alike. */
  answer(update: Uint8Array): Changes {
    return this.#answers.get(update, copy => this.#changesOf([copy]))
  }

  #take(reader: Reader, at: number, changes: Changes): Passed {
    const { ranges } = reader
    const last = ranges.length - 1
    if (last >= 0 && ranges[last] === at) ranges[last] = at + 1
    else ranges.push(at, at + 1)
    return { type: 'taken', isWhole: reader.take(changes) }
  }

  #append(message: Uint8Array): number {
    const heard = this.#target.decode(message)
    if (heard.type !== 'changes') throw new Error('Only changes are kept.')
    this.log.push({ message, ...this.#changesOf(heard.updates) })
    this.#kept += message.length
    if (this.#kept > MAX_KEPT) this.#forget()
    return this.log.length - 1
  }

  /** A long run: the newest stay, which readers are about to hear. */
  #forget(): void {
    this.isWhole = false
    const until = this.log.length - FAR_BACK
    for (let at = until - 1; at >= 0 && this.log[at]; at -= 1) this.log[at] = null
    this.#kept = this.log
      .slice(Math.max(0, until))
      .reduce((sum, each) => sum + (each?.message.length ?? 0), 0)
  }

  #changesOf(updates: readonly Uint8Array[]): Changes {
    return changesIn(updates, this.#timelines, client => this.#writerOf(client))
  }

  #writerOf(client: number): number | null {
    const person = personOf(client)
    return person === null ? null : seatOf(this.#plan, person).writer
  }
}

function stampsIn(update: Uint8Array): Stamps {
  return decodeAwareness(update)
    .map(stampOf)
    .filter(stamp => !Number.isNaN(stamp))
}

const stampOf = ({ state }: AwarenessEntry): number => Number(STAMP.exec(state)?.[1] ?? Number.NaN)
