import { centreOf } from '../../../shared/geometry/box.ts'
import { LINE_HEIGHT, type LineWidth, type MarkedLine } from '../../../shared/geometry/text.ts'
import { DEFAULT_STROKE, type TextAlign } from '../../../shared/shapes/common.ts'
import { shapeBounds, shapeBox } from '../../../shared/shapes/index.ts'
import type { LetteredShape } from '../../editor/text-edit.ts'
import type { Camera } from '../../editor/types.ts'
import { shownColour, type Theme } from '../../render/colour.ts'
import { FONT_STACKS } from '../../render/font-css.ts'
import { type TextBlock, textBlock } from '../../render/text-block.ts'

/** Where and how an element for typing lies exactly on a text of the canvas. Lengths are CSS pixels before the transform. */
export interface TextFrame {
  readonly width: number
  readonly height: number
  /** On all sides, included in width and height. */
  readonly padding: number
  readonly transform: string
  readonly fontFamily: string
  readonly fontSize: number
  readonly lineHeight: number
  readonly align: TextAlign
  readonly wraps: boolean
  readonly colour: string
  readonly opacity: number
  /** Of a text that has marks; world units. */
  readonly marked: readonly MarkedLine[] | undefined
  /** CSS pixels before the transform for each world unit. */
  readonly perUnit: number
}

/** CSS pixels. Browsers may refuse to set type smaller than this, so a smaller text is set larger and scaled down. */
const LEAST_FONT_SIZE = 12

/** Font sizes. Letters reach out of their line, and the element cuts off what lies outside of it. */
const OVERHANG = 0.25

/** Font sizes. Room for the caret and the next letter, before the text is measured again. */
const SLACK = 1

export function textFrame(
  shape: LetteredShape,
  camera: Camera,
  lineWidth: LineWidth,
  theme: Theme,
): TextFrame {
  // An empty text has no block, but a caret still needs a line.
  const block = textBlock({ ...shape, text: shape.text || ' ' }, lineWidth)
  return blockFrame(shape, block, camera, lineWidth, theme)
}

/** As `textFrame`, for a part of the text of the shape. */
export function blockFrame(
  shape: LetteredShape,
  block: TextBlock | undefined,
  camera: Camera,
  lineWidth: LineWidth,
  theme: Theme,
): TextFrame {
  const box = block?.box ?? { x: 0, y: 0, w: 0, h: 0 }
  const wraps = shape.type !== 'text' || shape.wrap > 0
  const slack = wraps ? 0 : shape.fontSize * SLACK
  const [cx, cy] = centreOf(shapeBox(shape, lineWidth))
  const { zoom } = camera
  const enlarged = Math.max(1, LEAST_FONT_SIZE / (shape.fontSize * zoom))
  const px = zoom * enlarged
  const align = block?.align ?? 'left'
  const padding = shape.fontSize * OVERHANG
  const left = shape.pos[0] + box.x - slack * SHARE_ON_LEFT[align] - padding
  const top = shape.pos[1] + box.y - padding
  return {
    width: (box.w + slack + 2 * padding) * px,
    height: (box.h + 2 * padding) * px,
    padding: padding * px,
    transform:
      `translate(${(cx - camera.x) * zoom}px, ${(cy - camera.y) * zoom}px) rotate(${shape.rot}rad) ` +
      `translate(${(left - cx) * zoom}px, ${(top - cy) * zoom}px) scale(${1 / enlarged})`,
    fontFamily: FONT_STACKS[shape.font],
    fontSize: shape.fontSize * px,
    lineHeight: LINE_HEIGHT,
    align,
    wraps,
    colour: shownColour(block?.colour ?? DEFAULT_STROKE, theme),
    opacity: shape.opacity,
    marked: block?.marked,
    perUnit: px,
  }
}

/** The part of the slack that goes to the left, so that the letters stay where they are drawn. */
const SHARE_ON_LEFT: Readonly<Record<TextAlign, number>> = { left: 0, center: 0.5, right: 1 }

/** CSS of an element for typing. */
export const frameStyle = (frame: TextFrame) => ({
  width: `${frame.width}px`,
  height: `${frame.height}px`,
  padding: `${frame.padding}px`,
  transform: frame.transform,
  fontFamily: frame.fontFamily,
  fontSize: `${frame.fontSize}px`,
  lineHeight: String(frame.lineHeight),
  textAlign: frame.align,
  whiteSpace: frame.wraps ? 'pre-wrap' : 'pre',
  color: frame.colour,
  caretColor: frame.colour,
  opacity: String(frame.opacity),
})

/** CSS pixels: how large a bar above a text is with the gap below it, and what it keeps free of the panels above and at the left. */
const BAR = { height: 56, gap: 10, width: 236, top: 68, left: 240 }
/** CSS pixels. On a narrower screen no panel stands at the left. */
const NARROW = 720

/** Where a bar stands that belongs to the text being typed: above it, or below where there is no room; always in view. */
export function barPlace(
  shape: LetteredShape,
  { x, y, zoom }: Camera,
  viewport: { readonly w: number; readonly h: number },
  lineWidth: LineWidth,
): { readonly left: number; readonly top: number } {
  const box = shapeBounds(shape, lineWidth)
  const above = (box.y - y) * zoom - BAR.height
  const below = (box.y + box.h - y) * zoom + BAR.gap
  const least = viewport.w > NARROW ? BAR.left : 8
  const most = Math.max(BAR.top, viewport.h - 2 * BAR.height)
  const top = above >= BAR.top || below > most ? above : below
  return {
    left: Math.max(least, Math.min((box.x - x) * zoom, viewport.w - BAR.width - 8)),
    top: Math.max(BAR.top, Math.min(top, most)),
  }
}
