import type { Vec } from '../../../shared/geometry/vec.ts'
import { compareOrder } from '../../../shared/schema/order.ts'
import type { Binding } from '../../../shared/schema/prop.ts'
import type { Arrow } from '../../../shared/shapes/arrow.ts'
import { bindingAt, holdsArrows, liesIn, resolveArrow } from '../../../shared/shapes/arrow-binding.ts'
import { type KnownShape, type ShapeId, shapeBounds } from '../../../shared/shapes/index.ts'
import { knownShape } from '../preview.ts'
import type { Effect, Modifiers, Scene } from '../types.ts'

/** Screen pixels around a shape within which it takes hold of an arrow. */
const REACH = 12

/** The shape that would hold an end of an arrow at `at` (world space). Ctrl keeps it free. */
export function holderAt(at: Vec, { ctrl }: Modifiers, scene: Scene): KnownShape | undefined {
  if (ctrl) return undefined
  const around = scene.figureAround(at)
  const near = [...scene.touchedAlong(at, at, REACH), ...(around ? [around] : [])].filter(holdsArrows)
  let best: KnownShape | undefined
  let least = Infinity
  // From the top: what lies in a hollow figure comes before the figure, what lies under a filled one does not.
  for (const shape of near.sort((a, b) => compareOrder(b, a))) {
    const { w, h } = shapeBounds(shape, scene.lineWidth)
    if (w * h < least) [best, least] = [shape, w * h]
    if ('fill' in shape && shape.fill !== 'transparent') break
  }
  return best
}

/** Where the ends of an arrow are let go, and what would hold them. */
export interface ArrowEnds {
  readonly start: { readonly at: Vec; readonly holder: ShapeId | null }
  readonly end: { readonly at: Vec; readonly holder: ShapeId | null }
}

/** What holds the two ends. */
export function bindingsOf({ start, end }: ArrowEnds, scene: Scene): Pick<Arrow, 'start' | 'end'> {
  const held = ({ at, holder }: ArrowEnds['start'], other: Vec): Binding | null => {
    const shape = holder === null ? undefined : knownShape(scene.board, holder)
    return shape ? boundTo(shape, at, other, scene) : null
  }
  return { start: held(start, end.at), end: held(end, start.at) }
}

/**
 * How `shape` holds an end at `at` whose other end is at `other`. An arrow that lies in the shape ends where it was put: it does not
 * stop at the edge on its way to the middle.
 */
export const boundTo = (shape: KnownShape, at: Vec, other: Vec, { lineWidth }: Scene): Binding =>
  bindingAt(shape, at, lineWidth, liesIn(shape, other, lineWidth))

/** The arrow as it will be seen, held as it says. */
export const asSeen = (arrow: Arrow, scene: Scene): Arrow =>
  resolveArrow(arrow, id => scene.board.shapes.get(id), scene.lineWidth)

/** Outlines what would hold an arrow. */
export const pointedOut = ({ start, end }: Pick<Arrow, 'start' | 'end'>): Effect => ({
  do: 'point-out',
  ids: [start, end].flatMap(binding => binding?.[0] ?? []),
})
