import { type Box, boxContainsPoint, centreOf, cornersOf } from '../geometry/box.ts'
import { distanceToPolyline } from '../geometry/polyline.ts'
import type { LineWidth } from '../geometry/text.ts'
import { rotateAbout, type Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import { boxOf, resizedBox } from './boxed.ts'
import { type Common, commonProps, type ShapeSpec, type Sized, sizedProps } from './common.ts'
import { NAME_LENGTH } from './page.ts'

/** A part of the board with a name: what lies in it moves with it and is cut off at its edge. */
export interface Frame extends Common, Sized {
  readonly type: 'frame'
  /** Empty for none. */
  readonly name: string
}

/** World units of the line around a frame. */
export const FRAME_LINE = 1.5

export const frame: ShapeSpec<Frame> = {
  type: 'frame',
  props: {
    type: prop.type('frame'),
    ...commonProps,
    ...sizedProps,
    name: { ...prop.line(0, NAME_LENGTH), fallback: '' },
  },
  box: boxOf,
  /** Only the edge: the inside belongs to what lies there. */
  touches(shape, p, tolerance) {
    const corners = cornersOf(boxOf(shape))
    return distanceToPolyline(p, [...corners, corners[0] as Vec]) <= tolerance + FRAME_LINE / 2
  },
  resized: resizedBox,
}

/** CSS pixels: the title has this size at every zoom. */
export const FRAME_TITLE = { font: 'sans', fontSize: 13, height: 20, padding: 4, gap: 2 } as const

/** CSS pixels. Of a frame that is narrower on screen, there is no title. */
const LEAST_WIDTH = 24

/** Where the title stands at `zoom`, rotation left out; world space. Undefined where the frame is too small for one. */
export function frameTitleBox(shape: Frame, zoom: number, lineWidth: LineWidth): Box | undefined {
  const { font, fontSize, height, padding, gap } = FRAME_TITLE
  const room = shape.size[0] * zoom
  if (room < LEAST_WIDTH) return undefined
  const width = lineWidth(frameTitle(shape), font) * fontSize + 2 * padding
  const [x, y] = shape.pos
  return { x, y: y - (height + gap) / zoom, w: Math.min(room, width) / zoom, h: (height + gap) / zoom }
}

/** What a person reads above the frame. */
export const frameTitle = ({ name }: Pick<Frame, 'name'>): string => name.trim() || 'Frame'

/** Whether `p` (world space) is on the title. */
export function frameTitleTouches(shape: Frame, p: Vec, zoom: number, lineWidth: LineWidth): boolean {
  const title = frameTitleBox(shape, zoom, lineWidth)
  return title !== undefined && boxContainsPoint(title, rotateAbout(p, centreOf(boxOf(shape)), -shape.rot))
}

/** Whether `p` (world space) lies in the frame, its edge included. */
export function frameHolds(shape: Frame, p: Vec): boolean {
  const box = boxOf(shape)
  return boxContainsPoint(box, shape.rot === 0 ? p : rotateAbout(p, centreOf(box), -shape.rot))
}

/** The corners of the frame, clockwise from the top left; world space. */
export function frameCorners(shape: Frame): readonly Vec[] {
  const box: Box = boxOf(shape)
  return cornersOf(box).map(corner => rotateAbout(corner, centreOf(box), shape.rot))
}
