import { centreOf } from '../../../shared/geometry/box.ts'
import { LINE_HEIGHT, type LineWidth } from '../../../shared/geometry/text.ts'
import { DEFAULT_STROKE, type TextAlign } from '../../../shared/shapes/common.ts'
import { shapeBox } from '../../../shared/shapes/index.ts'
import type { LetteredShape } from '../../editor/text-edit.ts'
import type { Camera } from '../../editor/types.ts'
import { shownColour, type Theme } from '../../render/colour.ts'
import { FONT_STACKS } from '../../render/font-css.ts'
import { type TextBlock, textBlock } from '../../render/text-block.ts'

/** Where and how a textarea lies exactly on a text of the canvas. Lengths are CSS pixels before the transform. */
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
}

/** CSS pixels. Browsers may refuse to set type smaller than this, so a smaller text is set larger and scaled down. */
const LEAST_FONT_SIZE = 12

/** Font sizes. Letters reach out of their line, and a textarea cuts off what lies outside of it. */
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
  }
}

/** The part of the slack that goes to the left, so that the letters stay where they are drawn. */
const SHARE_ON_LEFT: Readonly<Record<TextAlign, number>> = { left: 0, center: 0.5, right: 1 }
