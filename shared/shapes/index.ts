import type { Box } from '../geometry/box.ts'
import { boxTurned, centreOf, cornersOf } from '../geometry/box.ts'
import type { LineWidth } from '../geometry/text.ts'
import { rotateAbout, type Vec } from '../geometry/vec.ts'
import { arrow } from './arrow.ts'
import { bookmark } from './bookmark.ts'
import { bubble } from './bubble.ts'
import { cloud } from './cloud.ts'
import type { Common, Patch, Resize, ShapeSpec, TextPart, TextPlace } from './common.ts'
import { diamond } from './diamond.ts'
import { ellipse } from './ellipse.ts'
import { frame } from './frame.ts'
import { hexagon } from './hexagon.ts'
import { image } from './image.ts'
import { ink } from './ink.ts'
import { line } from './line.ts'
import { note } from './note.ts'
import { page } from './page.ts'
import { pentagon } from './pentagon.ts'
import { rectangle } from './rectangle.ts'
import { star } from './star.ts'
import { table } from './table.ts'
import { text } from './text.ts'
import { triangle } from './triangle.ts'
import { touchesUnreadable, type Unreadable, unreadableBox } from './unreadable.ts'

/** Every shape type. A new one is a file beside this and a line here. */
export const SPECS = {
  rectangle,
  ellipse,
  diamond,
  triangle,
  pentagon,
  hexagon,
  star,
  cloud,
  bubble,
  line,
  arrow,
  ink,
  text,
  note,
  bookmark,
  table,
  image,
  frame,
  page,
} as const

export type ShapeType = keyof typeof SPECS
type ShapeIn<Spec> = Spec extends ShapeSpec<infer S> ? S : never
/** A shape that this version reads and writes. */
export type KnownShape = { readonly [T in ShapeType]: ShapeIn<(typeof SPECS)[T]> }[ShapeType]
/** Any shape on a board, the unreadable ones included. */
export type Shape = KnownShape | Unreadable
export type ShapeOf<T extends ShapeType> = Extract<KnownShape, { readonly type: T }>
export type ShapeId = string
/** Changes of any shape's keys; each is checked against the shape's own type when it is written. */
export type ShapePatch = Intersection<PatchOf<KnownShape>>

type PatchOf<S> = S extends KnownShape ? Patch<S> : never
type Intersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never

export const SHAPE_TYPES = Object.keys(SPECS) as readonly ShapeType[]

export const isShapeType = (type: unknown): type is ShapeType =>
  typeof type === 'string' && Object.hasOwn(SPECS, type)

/** The spec of `shape`'s type. TypeScript cannot see that a type's spec takes that type's shapes. */
const specOf = (shape: KnownShape): ShapeSpec<KnownShape> =>
  SPECS[shape.type] as unknown as ShapeSpec<KnownShape>

/** The unrotated bounds, without the width of the stroke; world space. */
export const shapeBox = (shape: Shape, lineWidth: LineWidth): Box =>
  shape.type === 'unreadable' ? unreadableBox(shape) : specOf(shape).box(shape, lineWidth)

/** The box around the rotated shape, without the width of the stroke; world space. */
export const shapeBounds = (shape: Shape, lineWidth: LineWidth): Box =>
  boxTurned(shapeBox(shape, lineWidth), shape.rot)

/** The edge of the unrotated shape as a closed polygon, the first corner not repeated; world space. */
export const shapeOutline = (shape: Shape, lineWidth: LineWidth): readonly Vec[] =>
  (shape.type === 'unreadable' ? undefined : specOf(shape).outline?.(shape)) ??
  cornersOf(shapeBox(shape, lineWidth))

/** How far paint reaches past `shapeBounds`: half a stroke, mitres, arrow heads and letters; world units. */
export function shapeOverhang(shape: Shape): number {
  const stroke = 'width' in shape ? 9 + shape.width * 4 : 1
  const letters = shape.type === 'unreadable' ? undefined : specOf(shape).overhang?.(shape)
  return Math.max(stroke, letters ?? 0)
}

/** Whether a pointer at `p` (world space) is on the shape, within `tolerance` world units. */
export function shapeTouches(shape: Shape, p: Vec, tolerance: number, lineWidth: LineWidth): boolean {
  const own = shape.rot === 0 ? p : rotateAbout(p, centreOf(shapeBox(shape, lineWidth)), -shape.rot)
  if (shape.type === 'unreadable') return touchesUnreadable(shape, own)
  return specOf(shape).touches(shape, own, tolerance, lineWidth)
}

/** Where the letters of the shape stand; undefined for a type that has no text. */
export const shapeTextPlace = (shape: Shape, lineWidth: LineWidth): TextPlace | undefined =>
  shape.type === 'unreadable' ? undefined : specOf(shape).textPlace?.(shape, lineWidth)

/** The parts of a text that is in several places; undefined for a type whose text is in one, or that has none. */
export const shapeTextParts = (shape: Shape, lineWidth: LineWidth): readonly TextPart[] | undefined =>
  shape.type === 'unreadable' ? undefined : specOf(shape).textParts?.(shape, lineWidth)

/** The patch that places the shape in a resized selection; its rotation stays. */
export function shapeResized(shape: KnownShape, resize: Resize, lineWidth: LineWidth): ShapePatch {
  return specOf(shape).resized(shape, resize, lineWidth) as ShapePatch
}

/** The patch that moves the shape by `offset`. */
export const shapeMoved = (shape: Common, offset: Vec): Pick<Common, 'pos'> => ({
  pos: [shape.pos[0] + offset[0], shape.pos[1] + offset[1]],
})
