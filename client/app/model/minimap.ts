import { type Box, boxAround, centreOf, unionOf } from '../../../shared/geometry/box.ts'
import type { LineWidth } from '../../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../../shared/geometry/vec.ts'
import { type Shape, shapeBounds, shapeBox, shapeOutline } from '../../../shared/shapes/index.ts'
import { inkInWorld } from '../../../shared/shapes/ink.ts'
import { paperOf } from '../../../shared/shapes/note.ts'
import { pathPolyline } from '../../../shared/shapes/path.ts'

/** How world space is laid on the map: map = (world - [x, y]) * scale, in CSS pixels. */
export interface MapFit {
  readonly x: number
  readonly y: number
  readonly scale: number
}

interface Size {
  readonly w: number
  readonly h: number
}

/** A shape as the map shows it: its run of points, or its outline. World space. */
export interface Mark {
  readonly points: readonly Vec[]
  readonly isClosed: boolean
  readonly bounds: Box
  /** Stored colours; null for a line alone, or for an inside alone. */
  readonly stroke: string | null
  readonly fill: string | null
}

/** More points than these of one stroke cannot be told apart on a map. */
const MOST_POINTS = 24
/** Part of the map that stays free around what is on it. */
const MARGIN = 0.06

/** Shows all of the content and of what is in view, in the middle of the map. */
export function mapFit(content: Box | null, view: Box, size: Size): MapFit {
  const all = content ? (unionOf([content, view]) ?? view) : view
  const room = 1 - 2 * MARGIN
  const scale = Math.min((size.w * room) / Math.max(all.w, 1), (size.h * room) / Math.max(all.h, 1))
  const [cx, cy] = centreOf(all)
  return { x: cx - size.w / 2 / scale, y: cy - size.h / 2 / scale, scale }
}

export const onMap = ([x, y]: Vec, fit: MapFit): Vec => [(x - fit.x) * fit.scale, (y - fit.y) * fit.scale]

export const boxOnMap = (box: Box, fit: MapFit): Box => {
  const [x, y] = onMap([box.x, box.y], fit)
  return { x, y, w: box.w * fit.scale, h: box.h * fit.scale }
}

export const fromMap = ([x, y]: Vec, fit: MapFit): Vec => [x / fit.scale + fit.x, y / fit.scale + fit.y]

export const isSameFit = (a: MapFit, b: MapFit): boolean => a.x === b.x && a.y === b.y && a.scale === b.scale

/** The marks of shapes, each found once for as long as its shape stays as it is. */
export class Marks {
  readonly #lineWidth: LineWidth
  readonly #known = new WeakMap<Shape, Mark>()

  constructor(lineWidth: LineWidth) {
    this.#lineWidth = lineWidth
  }

  of(shape: Shape): Mark {
    const known = this.#known.get(shape)
    if (known) return known
    const mark = this.#mark(shape)
    this.#known.set(shape, mark)
    return mark
  }

  #mark(shape: Shape): Mark {
    const box = shapeBox(shape, this.#lineWidth)
    const line = runOf(shape)
    const points = (line ?? shapeOutline(shape, this.#lineWidth)).map(p =>
      rotateAbout(p, centreOf(box), shape.rot),
    )
    return {
      points,
      isClosed: line === undefined,
      bounds: line ? boxAround(points) : shapeBounds(shape, this.#lineWidth),
      ...coloursOf(shape),
    }
  }
}

/** The points of a shape that is a line, thinned out. */
function runOf(shape: Shape): readonly Vec[] | undefined {
  const points =
    shape.type === 'ink' ? inkInWorld(shape).points : 'points' in shape ? pathPolyline(shape) : undefined
  if (!points || points.length === 0) return undefined
  const step = Math.ceil(points.length / MOST_POINTS)
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}

const GREY = '#868e96'

function coloursOf(shape: Shape): Pick<Mark, 'stroke' | 'fill'> {
  const fill = 'fill' in shape && shape.fill !== 'transparent' ? shape.fill : null
  if (shape.type === 'note') return { stroke: null, fill: paperOf(shape) }
  if (shape.type === 'frame') return { fill: null, stroke: GREY }
  if ('width' in shape) return { fill, stroke: shape.stroke }
  return { stroke: null, fill: fill ?? ('stroke' in shape ? shape.stroke : GREY) }
}
