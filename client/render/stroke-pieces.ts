import type { Ink } from '../../shared/geometry/ink.ts'
import { SimulatedPressure } from '../../shared/geometry/simulated-pressure.ts'
import type { Vec } from '../../shared/geometry/vec.ts'

/** Points of a finished piece. Outlining and filling one takes about a millisecond. */
const PIECE = 64
/** Points that a piece shares with the one before, in which its smoothing settles. */
const OVERLAP = 12

/**
 * Cuts a growing stroke into finished pieces and a tail that may still change, so that a pointer move costs the
 * same however long the stroke has become.
 */
export class StrokePieces {
  #pressures: SimulatedPressure
  /** Points that lie in finished pieces. */
  #finished = 0
  #first: Vec | undefined
  #last: Vec | undefined

  constructor(private readonly width: number) {
    this.#pressures = new SimulatedPressure(width)
  }

  /**
   * The pieces that became finished since the last call, and the tail. `restarted` says that the stroke is not a
   * longer version of the last one: then pieces that were returned before no longer count.
   */
  grow(ink: Ink): { readonly finished: readonly Ink[]; readonly tail: Ink; readonly restarted: boolean } {
    const restarted = !this.#continues(ink.points)
    if (restarted) {
      this.#finished = 0
      this.#pressures = new SimulatedPressure(this.width)
    }
    const finished: Ink[] = []
    while (ink.points.length - this.#finished > 2 * PIECE) {
      const end = this.#finished + PIECE
      finished.push(this.#cut(ink, end))
      this.#finished = end
    }
    this.#first = ink.points[0]
    this.#last = ink.points[this.#finished - 1]
    return { finished, tail: this.#finished === 0 ? ink : this.#cut(ink, ink.points.length), restarted }
  }

  #continues(points: readonly Vec[]): boolean {
    if (this.#finished === 0) return true
    return same(points[0], this.#first) && same(points[this.#finished - 1], this.#last)
  }

  #cut({ points, pressures }: Ink, end: number): Ink {
    const start = Math.max(0, this.#finished - OVERLAP)
    if (pressures) return { points: points.slice(start, end), pressures: pressures.slice(start, end) }
    return { points: points.slice(start, end), pressures: this.#pressures.of(points, start, end) }
  }
}

/** A stroke of up to this many points is outlined at once. */
const WHOLE_UP_TO = 512

/**
 * A finished stroke in pieces that are each quickly outlined. However much a long scribble crosses itself, the
 * pieces only cross each other.
 */
export function piecesOf(ink: Ink, width: number): readonly Ink[] {
  if (ink.points.length <= WHOLE_UP_TO) return [ink]
  const { finished, tail } = new StrokePieces(width).grow(ink)
  return [...finished, tail]
}

const same = (a: Vec | undefined, b: Vec | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1]
