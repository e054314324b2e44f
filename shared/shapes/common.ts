import type { Box } from '../geometry/box.ts'
import type { Marks } from '../geometry/marks.ts'
import type { FontName, LineWidth } from '../geometry/text.ts'
import { FONT_NAMES } from '../geometry/text.ts'
import type { Vec } from '../geometry/vec.ts'
import { LIMITS } from '../schema/limits.ts'
import { type Prop, prop } from '../schema/prop.ts'

/** What every shape has. */
export interface Common {
  readonly id: string
  /** Top left of the unrotated shape, or the origin of its points; world space. */
  readonly pos: Vec
  /** Radians, clockwise, about the centre of the shape's box. */
  readonly rot: number
  /** Fractional index key. */
  readonly z: string
  /** Groups around the shape, the innermost first. */
  readonly groups: readonly string[]
  /** 0 to 1. */
  readonly opacity: number
  /** The name of who changed the shape last; empty where nobody said. Written with each change, see `DocBoard`. */
  readonly by: string
  /** Takes no pointer and no change until it is unlocked. */
  readonly locked: boolean
  /** Not drawn, and not touched by the pointer. */
  readonly hidden: boolean
  /** The frame that the shape lies in and is cut off by; empty for none. A frame that is gone cuts nothing. */
  readonly frame: string
  /** The page that the shape is on; empty for the first, as is a page that is gone. */
  readonly page: string
  /** An address that a click may open; empty for none. */
  readonly link: string
  /** What another program's file said of the shape, as JSON, so that a file for that program loses nothing; empty for none. */
  readonly source: string
}

export interface Stroked {
  readonly stroke: string
  /** World units. */
  readonly width: number
}

export const DASHES = ['solid', 'dashed', 'dotted'] as const
export type Dash = (typeof DASHES)[number]

/** A drawn edge: how its line looks. */
export interface Outlined extends Stroked {
  readonly dash: Dash
  /** 0 for clean lines; 1 and 2 as if drawn by hand, more and less carefully. */
  readonly roughness: number
}

export const FILL_STYLES = ['solid', 'hachure', 'cross', 'dots'] as const
export type FillStyle = (typeof FILL_STYLES)[number]

export interface Filled {
  readonly fill: string
  readonly fillStyle: FillStyle
}

export interface Sized {
  readonly size: Vec
}

/** A text: a shape of its own, or the label in the middle of another. */
export interface Lettered {
  readonly text: string
  /** Which letters are bold, in italics and so on. No key of the document, which keeps them within the text; missing for none. */
  readonly marks?: Marks
  /** World units per em. */
  readonly fontSize: number
  readonly font: FontName
}

export const ALIGNS = ['left', 'center', 'right'] as const
export type TextAlign = (typeof ALIGNS)[number]
export const VALIGNS = ['top', 'middle', 'bottom'] as const
export type VerticalAlign = (typeof VALIGNS)[number]

/** The props of every table below, without `id`, which is the key of the shape in the document. */
export type PropsOf<S> = { readonly [K in Exclude<keyof S, 'id' | 'marks'>]-?: Prop<S[K]> }

export const commonProps = {
  pos: prop.pos,
  rot: prop.angle,
  z: prop.orderKey,
  groups: prop.groups,
  opacity: prop.number(0, 1, 1),
  by: prop.by,
  locked: prop.flag(false),
  hidden: prop.flag(false),
  frame: prop.parent,
  page: prop.parent,
  link: prop.link,
  source: { ...prop.line(0, LIMITS.sourceLength), fallback: '' },
}

export const DEFAULT_STROKE = '#1e1e1e'

export const strokedProps = {
  stroke: prop.colour(DEFAULT_STROKE),
  width: prop.number(0.1, 200, 2),
}

export const outlinedProps = {
  ...strokedProps,
  dash: prop.oneOf(DASHES, 'solid'),
  roughness: prop.number(0, 4, 0),
}

export const filledProps = { fill: prop.colour('transparent'), fillStyle: prop.oneOf(FILL_STYLES, 'solid') }

export const sizedProps = { size: prop.size }

export const letteredProps = {
  text: prop.text,
  fontSize: prop.number(1, 2000, 20),
  font: prop.oneOf(FONT_NAMES, 'hand'),
}

/** A resize maps the unrotated box `from` onto `to`; a handle pulled past the far side mirrors. */
export interface Resize {
  readonly from: Box
  readonly to: Box
  readonly flipX: boolean
  readonly flipY: boolean
}

/** Changes of a shape's keys. An absent key stays as it is. */
export type Patch<S> = { readonly [K in Exclude<keyof S, 'id' | 'type' | 'marks'>]?: S[K] }

/**
 * What a shape type is, without any drawing: its keys and its geometry. Points and boxes are in world
 * space with the shape's own rotation taken out, so no type deals with rotation.
 */
export interface ShapeSpec<S extends Common & { readonly type: string }> {
  readonly type: S['type']
  readonly props: PropsOf<S>
  /** The unrotated bounds. */
  box(shape: S, lineWidth: LineWidth): Box
  /** Whether a pointer at `p` is on the shape; `tolerance` in world units widens its edges. */
  touches(shape: S, p: Vec, tolerance: number, lineWidth: LineWidth): boolean
  /** The patch that gives the shape its place in a resized selection, `rot` untouched. */
  resized(shape: S, resize: Resize, lineWidth: LineWidth): Patch<S>
  /** The edge as a closed polygon, the first corner not repeated. A type without one is as large as its box. */
  outline?(shape: S): readonly Vec[]
  /** How far letters reach past the box at most, where they do; world units. */
  overhang?(shape: S): number
  /** Where the letters of the shape stand. A type with a `text` has this or `textParts`, also for the text that is being begun. */
  textPlace?(shape: S, lineWidth: LineWidth): TextPlace
  /** Where the parts of a text stand that is in several places. */
  textParts?(shape: S, lineWidth: LineWidth): readonly TextPart[]
}

/** A part of a shape's text, by UTF-16 offsets, and its place. */
export interface TextPart {
  readonly from: number
  readonly to: number
  readonly place: TextPlace
}

/** The room that a shape gives its text, relative to its `pos`, rotation left out; world units. */
export interface TextPlace {
  readonly box: Box
  /** Where lines break; 0 for a text that is as wide as its longest line and begins at the left of `box`. */
  readonly wrap: number
  readonly align: TextAlign
  readonly valign: VerticalAlign
  /** As stored, so as seen on the light theme. */
  readonly colour: string
}

/** Where `p` goes when `resize.from` becomes `resize.to`. A flat axis only moves. */
export function mapPoint(p: Vec, { from, to, flipX, flipY }: Resize): Vec {
  const u = from.w === 0 ? 0.5 : (p[0] - from.x) / from.w
  const w = from.h === 0 ? 0.5 : (p[1] - from.y) / from.h
  return [to.x + (flipX ? 1 - u : u) * to.w, to.y + (flipY ? 1 - w : w) * to.h]
}

/** Where the box `box` goes under `resize`. */
export function mapBox(box: Box, resize: Resize): { pos: Vec; size: Vec } {
  const a = mapPoint([box.x, box.y], resize)
  const b = mapPoint([box.x + box.w, box.y + box.h], resize)
  return {
    pos: [Math.min(a[0], b[0]), Math.min(a[1], b[1])],
    size: [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])],
  }
}
