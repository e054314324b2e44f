import type { Graphics } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Camera, Guide } from '../editor/types.ts'

type Pen = Pick<Graphics, 'rect' | 'fill'>

/** CSS pixels. */
const WIDTH = 1
/** Half the length of the bars that end a gap. */
const BAR = 4

/** Draws what a gesture snaps to: lines through what is aligned, and gaps that are equal. */
export function drawGuides(g: Pen, guides: readonly Guide[], camera: Camera, colour: string): void {
  if (guides.length === 0) return
  for (const { kind, from, to } of guides) {
    const a = toScreen(from, camera)
    const b = toScreen(to, camera)
    straight(g, a, b)
    if (kind === 'line') continue
    const isLevel = from[1] === to[1]
    for (const [x, y] of [a, b]) {
      if (isLevel) straight(g, [x, y - BAR], [x, y + BAR])
      else straight(g, [x - BAR, y], [x + BAR, y])
    }
  }
  g.fill(colour)
}

/** A level or upright line. A rectangle, since `fillPolygonsByWinding` leaves out what has less than three corners. */
function straight(g: Pen, [ax, ay]: Vec, [bx, by]: Vec): void {
  g.rect(Math.min(ax, bx), Math.min(ay, by), Math.abs(bx - ax) + WIDTH, Math.abs(by - ay) + WIDTH)
}

/** On whole pixels, or a line would be blurred over two. */
const toScreen = ([x, y]: Vec, camera: Camera): Vec => [
  Math.round((x - camera.x) * camera.zoom),
  Math.round((y - camera.y) * camera.zoom),
]
