import RBush from 'rbush'
import { type Box, boxContainsBox, boxContainsPoint, grow } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { distance, lerp, type Vec } from '../../shared/geometry/vec.ts'
import { compareOrder } from '../../shared/schema/order.ts'
import { type Frame, frameHolds, frameTitleTouches } from '../../shared/shapes/frame.ts'
import {
  type KnownShape,
  type Shape,
  type ShapeId,
  shapeBounds,
  shapeOverhang,
  shapeTouches,
} from '../../shared/shapes/index.ts'
import type { BoardDiff, BoardView } from '../board/board.ts'
import { isFree } from './free.ts'

interface Entry {
  readonly shape: KnownShape
  /** Without the width of the stroke. */
  readonly bounds: Box
  /** `bounds` and all that is painted around them. */
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** From this many new shapes on, loading them at once is cheaper than inserting each. */
const BULK_FROM = 64

/** Answers where shapes are without looking at all of them. Holds what can be read and is not hidden; tools touch what is free. */
export class ShapeIndex {
  readonly #board: BoardView
  readonly #lineWidth: LineWidth
  readonly #tree = new RBush<Entry>()
  readonly #entries = new Map<ShapeId, Entry>()
  readonly #groups = new Map<string, Set<ShapeId>>()
  readonly #frames = new Map<ShapeId, Frame>()

  constructor(board: BoardView, lineWidth: LineWidth) {
    this.#board = board
    this.#lineWidth = lineWidth
    this.#insert(board.shapes.values())
  }

  /** Follows one transaction of the board. */
  apply(diff: BoardDiff): void {
    const added: Shape[] = []
    for (const [id, { after }] of diff.shapes) {
      this.#remove(id)
      if (after) added.push(after)
    }
    this.#insert(added)
  }

  /** Measures everything anew: fonts have become ready, so texts have other widths. */
  remeasure(): void {
    this.#tree.clear()
    this.#entries.clear()
    this.#groups.clear()
    this.#frames.clear()
    this.#insert(this.#board.shapes.values())
  }

  /** The topmost shape at `at`, within `tolerance` world units. */
  hit(at: Vec, tolerance: number): KnownShape | undefined {
    return this.#topmost(at, tolerance, isFree)
  }

  /** The topmost locked shape at `at`, within `tolerance` world units. */
  hitLocked(at: Vec, tolerance: number): KnownShape | undefined {
    return this.#topmost(at, tolerance, shape => shape.locked)
  }

  #topmost(at: Vec, tolerance: number, isMeant: (shape: KnownShape) => boolean): KnownShape | undefined {
    let top: KnownShape | undefined
    for (const { shape } of this.#search(grow({ x: at[0], y: at[1], w: 0, h: 0 }, tolerance))) {
      if (!isMeant(shape) || (top && compareOrder(shape, top) < 0)) continue
      if (shapeTouches(shape, at, tolerance, this.#lineWidth) && this.#isShownAt(shape, at)) top = shape
    }
    return top
  }

  /** The topmost frame whose title, as large as it is at `zoom`, is at `at`. */
  titleAt(at: Vec, zoom: number): Frame | undefined {
    let top: Frame | undefined
    for (const frame of this.#frames.values()) {
      if (!isFree(frame) || (top && compareOrder(frame, top) < 0)) continue
      if (frameTitleTouches(frame, at, zoom, this.#lineWidth)) top = frame
    }
    return top
  }

  /** The smallest figure around `at` that can hold a label, whether or not it is filled. */
  figureAround(at: Vec): KnownShape | undefined {
    let least = Infinity
    let smallest: KnownShape | undefined
    for (const { shape, bounds } of this.#search({ x: at[0], y: at[1], w: 0, h: 0 })) {
      if (!isFree(shape) || !isFigure(shape) || bounds.w * bounds.h >= least) continue
      if (!shapeTouches({ ...shape, fill: SOLID }, at, 0, this.#lineWidth)) continue
      if (!this.#isShownAt(shape, at)) continue
      least = bounds.w * bounds.h
      smallest = shape
    }
    return smallest
  }

  /** The shapes that the way from `from` to `to` touches, within `tolerance` world units; it runs through frames. */
  touchedAlong(from: Vec, to: Vec, tolerance: number): readonly KnownShape[] {
    // Half a tolerance apart, so that no line slips through between two of them.
    const steps = Math.min(MAX_STEPS, Math.ceil(distance(from, to) / Math.max(tolerance, 1e-9)))
    const way = Array.from({ length: steps + 1 }, (_, i) => lerp(from, to, steps === 0 ? 1 : i / steps))
    const box = {
      x: Math.min(from[0], to[0]),
      y: Math.min(from[1], to[1]),
      w: Math.abs(from[0] - to[0]),
      h: Math.abs(from[1] - to[1]),
    }
    return this.#search(grow(box, tolerance))
      .filter(
        entry =>
          isFree(entry.shape) &&
          entry.shape.type !== 'frame' &&
          way.some(p => this.#touches(entry, p, tolerance)),
      )
      .map(entry => entry.shape)
  }

  /** The shapes whose bounds lie wholly inside `box`, bottom first. */
  inside(box: Box): readonly KnownShape[] {
    return this.#search(box)
      .filter(entry => isFree(entry.shape) && boxContainsBox(box, entry.bounds))
      .map(entry => entry.shape)
      .sort(compareOrder)
  }

  /** The shapes that paint anything in `box`, the locked ones too, in no order. */
  meeting(box: Box): readonly KnownShape[] {
    return this.#search(box).map(entry => entry.shape)
  }

  /** Whether any shape paints in `box`. */
  isAnythingIn({ x, y, w, h }: Box): boolean {
    return this.#tree.collides({ minX: x, minY: y, maxX: x + w, maxY: y + h })
  }

  /** The free shapes that are in `group`, at any depth. */
  members(group: string): ReadonlySet<ShapeId> {
    return this.#groups.get(group) ?? NOBODY
  }

  #touches({ shape, ...reach }: Entry, p: Vec, tolerance: number): boolean {
    const { minX, minY, maxX, maxY } = reach
    const painted = { x: minX, y: minY, w: maxX - minX, h: maxY - minY }
    return (
      boxContainsPoint(grow(painted, tolerance), p) &&
      shapeTouches(shape, p, tolerance, this.#lineWidth) &&
      this.#isShownAt(shape, p)
    )
  }

  /** Whether the frame of a shape does not cut it off at `p`. */
  #isShownAt(shape: KnownShape, p: Vec): boolean {
    const frame = shape.frame === '' ? undefined : this.#frames.get(shape.frame)
    return frame === undefined || frameHolds(frame, p)
  }

  #search({ x, y, w, h }: Box): readonly Entry[] {
    return this.#tree.search({ minX: x, minY: y, maxX: x + w, maxY: y + h })
  }

  #insert(shapes: Iterable<Shape>): void {
    const entries: Entry[] = []
    for (const shape of shapes) {
      if (shape.type === 'unreadable' || shape.hidden) continue
      const entry = this.#entryOf(shape)
      this.#entries.set(shape.id, entry)
      if (shape.type === 'frame') this.#frames.set(shape.id, shape)
      if (isFree(shape)) for (const group of shape.groups) this.#join(group, shape.id)
      entries.push(entry)
    }
    if (entries.length >= BULK_FROM) this.#tree.load(entries)
    else for (const entry of entries) this.#tree.insert(entry)
  }

  #remove(id: ShapeId): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    this.#tree.remove(entry)
    this.#entries.delete(id)
    this.#frames.delete(id)
    for (const group of entry.shape.groups) {
      const members = this.#groups.get(group)
      members?.delete(id)
      if (members?.size === 0) this.#groups.delete(group)
    }
  }

  #join(group: string, id: ShapeId): void {
    const members = this.#groups.get(group)
    if (members) members.add(id)
    else this.#groups.set(group, new Set([id]))
  }

  #entryOf(shape: KnownShape): Entry {
    const bounds = shapeBounds(shape, this.#lineWidth)
    const { x, y, w, h } = grow(bounds, shapeOverhang(shape))
    return { shape, bounds, minX: x, minY: y, maxX: x + w, maxY: y + h }
  }
}

/** A line may have letters and a fill too, yet it is not what one writes into. */
const isFigure = (
  shape: KnownShape,
): shape is Extract<KnownShape, { readonly text: string; readonly fill: string }> =>
  'text' in shape && 'fill' in shape && !('points' in shape)

/** Any fill: what makes the inside of a figure take the pointer. */
const SOLID = '#000000'

/** Points looked at along one way; more than a screen has pixels. */
const MAX_STEPS = 10_000

const NOBODY: ReadonlySet<ShapeId> = new Set()
