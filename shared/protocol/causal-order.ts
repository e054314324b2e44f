import * as Y from 'yjs'
import { malformed } from './refusal.ts'

type Decoded = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** The structs of one client: a part of the update's, in order of their clocks. */
interface Run {
  at: number
  readonly end: number
  /** Whether its next struct waits for one that another run may still bring. */
  isWaiting: boolean
  /** Whether its next struct builds on something that is missing. */
  isStuck: boolean
}

/** To take the structs of a client until one of its clocks is there. */
interface Step {
  readonly client: number
  readonly until: number
}

/** The structs of an update that a document lacks and can take, in an order in which each comes after what it builds on. */
export class CausalOrder {
  readonly structs: (Y.Item | Y.GC)[] = []
  readonly #all: readonly Decoded[]
  readonly #doc: Y.Doc
  readonly #runs: ReadonlyMap<number, Run>
  /** Where the clocks of a client end, with what was taken so far. */
  readonly #ends = new Map<number, number>()

  /** Throws ProtocolError for structs that no update lists in such a way. */
  constructor(doc: Y.Doc, structs: readonly Decoded[]) {
    this.#doc = doc
    this.#all = structs
    this.#runs = runsOf(structs)
    for (const client of this.#runs.keys()) this.#take(client)
  }

  /** Whether nothing is missing that something builds on. */
  get isWhole(): boolean {
    for (const run of this.#runs.values()) if (run.isStuck) return false
    return true
  }

  /** Where the clocks of a client end, in the document with the structs. */
  end(client: number): number {
    return this.#ends.get(client) ?? Y.getState(this.#doc.store, client)
  }

  /** Takes what can be of one run, and before each struct what it waits for, of other runs. */
  #take(client: number): void {
    const waiting: Step[] = [{ client, until: Infinity }]
    for (let step = waiting.at(-1); step; step = waiting.at(-1)) {
      const run = this.#runs.get(step.client) as Run
      const missing = this.#advance(run, step)
      run.isWaiting = missing !== null
      if (missing === null) waiting.pop()
      else if (this.#canGoOn(missing.client)) waiting.push({ client: missing.client, until: missing.clock })
      else return this.#giveUp(waiting)
    }
  }

  #canGoOn(client: number): boolean {
    const run = this.#runs.get(client)
    return run !== undefined && run.at < run.end && !run.isStuck && !run.isWaiting
  }

  /** Each of these waits for the next, and the last for what will not come. */
  #giveUp(steps: readonly Step[]): void {
    for (const { client } of steps) {
      const run = this.#runs.get(client) as Run
      run.isStuck = true
      run.isWaiting = false
    }
  }

  /** Takes structs of a run until one clock is there. Returns what the next of them lacks. */
  #advance(run: Run, { client, until }: Step): { client: number; clock: number } | null {
    if (run.isStuck) return null
    for (; run.at < run.end && this.end(client) <= until; run.at += 1) {
      const struct = this.#all[run.at] as Decoded
      if (!(struct instanceof Y.Item || struct instanceof Y.GC)) continue
      const end = this.end(client)
      const { clock } = struct.id
      if (clock > end) return { client, clock: end }
      if (clock + struct.length <= end) continue
      const missing = struct instanceof Y.Item ? this.#missing(struct) : null
      if (missing) return missing
      this.structs.push(struct)
      this.#ends.set(client, clock + struct.length)
    }
    return null
  }

  /** Something that an item builds on and that is not there. */
  #missing({ id, origin, rightOrigin, parent }: Y.Item): Y.ID | null {
    if (origin && !this.#isThere(origin, id)) return origin
    if (rightOrigin && !this.#isThere(rightOrigin, id)) return rightOrigin
    return parent instanceof Y.ID && !this.#isThere(parent, id) ? parent : null
  }

  #isThere(named: Y.ID, by: Y.ID): boolean {
    if (named.client !== by.client) return named.clock < this.end(named.client)
    if (named.clock >= by.clock) throw malformed('An update builds on what follows it.')
    return true
  }
}

/** The structs of a client follow one another, in one part. Of several parts Yjs would keep the last. */
function runsOf(structs: readonly Decoded[]): ReadonlyMap<number, Run> {
  const runs = new Map<number, Run>()
  for (let at = 0; at < structs.length; ) {
    const client = (structs[at] as Decoded).id.client
    const end = endOfRun(structs, at)
    if (runs.has(client)) throw malformed('An update holds a client in two parts.')
    runs.set(client, { at, end, isWaiting: false, isStuck: false })
    at = end
  }
  return runs
}

function endOfRun(structs: readonly Decoded[], start: number): number {
  let { id, length } = structs[start] as Decoded
  for (let at = start + 1; at < structs.length; at += 1) {
    const next = structs[at] as Decoded
    if (next.id.client !== id.client || next.id.clock !== id.clock + length) return at
    ;({ id, length } = next)
  }
  return structs.length
}
