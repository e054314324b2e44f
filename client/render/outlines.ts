import { type Box, centreOf, cornersOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { type Shape, shapeBox, shapeOutline } from '../../shared/shapes/index.ts'
import type { Camera } from '../editor/types.ts'
import { clippedTo } from './clip-polygon.ts'
import { roundedContour } from './contour.ts'

/** CSS pixels. How far the outline of what is aimed at may be from the round corner. */
const EDGE_TOLERANCE = 0.25

export const toScreen = ([x, y]: Vec, camera: Camera): Vec => [
  (x - camera.x) * camera.zoom,
  (y - camera.y) * camera.zoom,
]

/** The corners of a turned box on screen, `gap` pixels further out. */
export function turnedCorners(box: Box, rot: number, camera: Camera, gap: number): readonly Vec[] {
  const [x, y] = toScreen([box.x, box.y], camera)
  const { zoom } = camera
  const onScreen = { x: x - gap, y: y - gap, w: box.w * zoom + 2 * gap, h: box.h * zoom + 2 * gap }
  return cornersOf(onScreen).map(corner => rotateAbout(corner, centreOf(onScreen), rot))
}

/** The box of a shape on screen, `gap` pixels further out. */
export const boxOnScreen = (
  shape: Shape,
  camera: Camera,
  gap: number,
  lineWidth: LineWidth,
): readonly Vec[] => turnedCorners(shapeBox(shape, lineWidth), shape.rot, camera, gap)

/** The outline of a shape on screen. */
export function edgeOnScreen(shape: Shape, camera: Camera, lineWidth: LineWidth): readonly Vec[] {
  const box = shapeBox(shape, lineWidth)
  const centre = centreOf(box)
  const outline =
    'corner' in shape && shape.corner > 0
      ? roundedContour(box, shape.corner, EDGE_TOLERANCE / camera.zoom)
      : shapeOutline(shape, lineWidth)
  return outline.map(p => toScreen(rotateAbout(p, centre, shape.rot), camera))
}

/** What of an outline on screen can be seen of a shape that is cut off at `corners` (world space); undefined cuts nothing. */
export const cutOff = (
  outline: readonly Vec[],
  corners: readonly Vec[] | undefined,
  camera: Camera,
): readonly Vec[] =>
  corners
    ? clippedTo(
        outline,
        corners.map(p => toScreen(p, camera)),
      )
    : outline
