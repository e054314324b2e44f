import { type Box, boxContainsPoint, grow } from '../geometry/box.ts'
import { middleOf, polylineLength } from '../geometry/polyline.ts'
import { LINE_HEIGHT, type LineWidth, layoutText } from '../geometry/text.ts'
import { sub, type Vec } from '../geometry/vec.ts'
import { LIMITS } from '../schema/limits.ts'
import { type Binding, prop } from '../schema/prop.ts'
import { ARROW_HEADS, type ArrowHead, headReach } from './arrow-heads.ts'
import { type Lettered, letteredProps, type Resize, type ShapeSpec, type TextPlace } from './common.ts'
import { type Path, pathBox, pathPolyline, pathProps, resizedPath, touchesPath } from './path.ts'

export { ARROW_HEADS, type ArrowHead } from './arrow-heads.ts'

export interface Arrow extends Path, Lettered {
  readonly type: 'arrow'
  /** At the first point. */
  readonly tail: ArrowHead
  /** At the last point. */
  readonly head: ArrowHead
  /** What holds the first point, and the last; null for nothing. See bound arrows in client/board. */
  readonly start: Binding | null
  readonly end: Binding | null
  /** Runs in right angles rather than straight or curved. */
  readonly elbow: boolean
  /** How far the middle of an elbow is moved from where it would run: to the side where it is upright, else up or down. */
  readonly bend: Vec
}

/** World units at which a label wraps at most, and at least. */
const WIDEST_LABEL = 240
const NARROWEST_LABEL = 80
/** The share of its line that a label may take. */
const LABEL_SHARE = 0.7
/** World units kept free around a label. */
const LABEL_PADDING = 4

/** In the middle of the line. */
function arrowLabelPlace(shape: Arrow): TextPlace {
  const line = pathPolyline(shape)
  const [x, y] = sub(middleOf(line), shape.pos)
  const room = Math.min(WIDEST_LABEL, polylineLength(line) * LABEL_SHARE)
  const wrap = Math.max(NARROWEST_LABEL, shape.fontSize * 2, room)
  return {
    box: { x: x - wrap / 2, y, w: wrap, h: 0 },
    wrap,
    align: 'center',
    valign: 'middle',
    colour: shape.stroke,
  }
}

/** The box that the label of an arrow keeps free of its line, relative to its `pos`; undefined without a label. */
export function arrowLabelBox(shape: Arrow, lineWidth: LineWidth): Box | undefined {
  if (shape.text === '') return undefined
  const { box, wrap } = arrowLabelPlace(shape)
  const { w, h } = layoutText(shape.text, shape.font, shape.fontSize, wrap, lineWidth, shape.marks)
  return grow({ x: box.x + (box.w - w) / 2, y: box.y - h / 2, w, h }, LABEL_PADDING)
}

function touchesArrow(shape: Arrow, p: Vec, tolerance: number, lineWidth: LineWidth): boolean {
  if (touchesPath(shape, p, tolerance)) return true
  const label = arrowLabelBox(shape, lineWidth)
  return label !== undefined && boxContainsPoint(grow(label, tolerance), sub(p, shape.pos))
}

/** A head may be longer than its line. So may a label, and taller; no letter is wider than its font size. */
function arrowOverhang(shape: Arrow): number {
  const head = headReach(shape.width) + shape.width
  if (shape.text === '') return head
  const { wrap } = arrowLabelPlace(shape)
  // In a list, lines stand in by half the width at most.
  const least = shape.marks ? wrap / 2 : wrap
  const perLine = Math.max(1, Math.floor(least / shape.fontSize))
  const lines = shape.text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine) * 2), 0)
  return Math.max(head, wrap / 2 + LABEL_PADDING, (lines * shape.fontSize * LINE_HEIGHT) / 2 + LABEL_PADDING)
}

function resizedArrow(shape: Arrow, resize: Resize) {
  const { bend } = shape
  if (bend[0] === 0 && bend[1] === 0) return resizedPath(shape, resize)
  const { from, to, flipX, flipY } = resize
  const scaled = (by: number, length: number, next: number, flips: boolean): number =>
    within((length === 0 ? by : (by * next) / length) * (flips ? -1 : 1))
  return {
    ...resizedPath(shape, resize),
    bend: [scaled(bend[0], from.w, to.w, flipX), scaled(bend[1], from.h, to.h, flipY)] as Vec,
  }
}

const within = (n: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, n)) + 0

export const arrow: ShapeSpec<Arrow> = {
  type: 'arrow',
  props: {
    type: prop.type('arrow'),
    ...pathProps,
    tail: prop.oneOf(ARROW_HEADS, 'none'),
    head: prop.oneOf(ARROW_HEADS, 'arrow'),
    start: prop.binding,
    end: prop.binding,
    elbow: prop.flag(false),
    bend: { ...prop.pos, fallback: [0, 0] },
    ...letteredProps,
  },
  box: pathBox,
  touches: touchesArrow,
  resized: resizedArrow,
  textPlace: arrowLabelPlace,
  overhang: arrowOverhang,
}
