import type { Box } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'
import type { BoardView, Edit } from '../board/board.ts'
import type { Unit } from './arrangement.ts'
import { outermost } from './frames.ts'
import { editsOf } from './preview.ts'
import { recentred } from './resize.ts'

/** Which sides are made equal. */
export interface Sides {
  readonly w: boolean
  readonly h: boolean
}

/** What is resized: a single shape in its own axes, or a group in the box around it. */
interface Sized {
  readonly shapes: readonly KnownShape[]
  readonly box: Box
  readonly rot: number
}

/**
 * The edits that make all units as wide as the widest, as high as the highest, or both; their top left corners stay. Pictures and
 * groups that cannot be stretched keep their proportions, a single text the size of its letters.
 */
export function sameSize(
  units: readonly Unit[],
  sides: Sides,
  board: BoardView,
  lineWidth: LineWidth,
  zoom: number,
): readonly Edit[] {
  const sized = units.map(unit => sizedOf(unit, lineWidth))
  const w = Math.max(...sized.map(({ box }) => box.w))
  const h = Math.max(...sized.map(({ box }) => box.h))
  return sized.flatMap(({ shapes, box, rot }) => {
    const asked = { x: sides.w && box.w > 0 ? w / box.w : 1, y: sides.h && box.h > 0 ? h / box.h : 1 }
    const { x, y } = scales(shapes, asked, sides)
    if (x === 1 && y === 1) return []
    const target = { ...box, w: box.w * x, h: box.h * y }
    const to = rot === 0 ? target : recentred(target, box, rot)
    const ids = shapes.map(shape => shape.id)
    const resize = { from: box, to, flipX: false, flipY: false }
    return editsOf({ kind: 'resize', ids, resize }, board, lineWidth, zoom)
  })
}

function sizedOf({ box, shapes }: Unit, lineWidth: LineWidth): Sized {
  const parts = outermost(shapes)
  const [only] = parts
  return only && parts.length === 1
    ? { shapes: parts, box: shapeBox(only, lineWidth), rot: only.rot }
    : { shapes: parts, box, rot: 0 }
}

interface Scales {
  readonly x: number
  readonly y: number
}

function scales(shapes: readonly KnownShape[], asked: Scales, sides: Sides): Scales {
  const [only] = shapes
  if (only && shapes.length === 1 && only.type !== 'image')
    return only.type === 'text' ? { ...asked, y: 1 } : asked
  if (!shapes.some(({ type, rot }) => type === 'text' || type === 'image' || rot !== 0)) return asked
  const k = sides.w && sides.h ? Math.min(asked.x, asked.y) : sides.w ? asked.x : asked.y
  return { x: k, y: k }
}
