import { Graphics } from 'pixi.js'
import { type Box, centreOf, cornersOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { type Shape, shapeBox } from '../../shared/shapes/index.ts'
import type { Camera, SelectionFrame } from '../editor/types.ts'
import type { Palette } from './palette.ts'

/** CSS pixels. */
const FRAME_WIDTH = 1.5
const OUTLINE_WIDTH = 1
const HANDLE_SIZE = 9
const HANDLE_CORNER = 2.5
const DOT_HANDLE_RADIUS = 5
/** Pixels between a shape and the outline that tells who holds it, so that it shows beside one's own frame. */
const GAP = 4
/** From this many selected shapes on, the frame alone says what is selected. */
const MOST_OUTLINES = 300

/** What lies over the board in screen space, at the same size at every zoom. */
export interface OverlayScene {
  readonly camera: Camera
  readonly palette: Palette
  /** The selected shapes as they are shown. */
  readonly selected: readonly Shape[]
  readonly frame: SelectionFrame | null
  /** What a click would select. */
  readonly hovered: readonly Shape[]
  readonly marquee: Box | null
  /** What other people have selected, in their colours. */
  readonly others: readonly { readonly colour: string; readonly shapes: readonly Shape[] }[]
}

/** Draws selections, handles and the marquee. */
export class Overlay {
  readonly root = new Graphics()

  constructor(private readonly lineWidth: LineWidth) {}

  update({ camera, palette, selected, frame, hovered, marquee, others }: OverlayScene): void {
    const g = this.root.clear()
    for (const { colour, shapes } of others) {
      for (const shape of shapes.slice(0, MOST_OUTLINES)) this.#outline(g, shape, camera, GAP)
      g.stroke({ color: colour, width: FRAME_WIDTH, alpha: 0.9 })
    }
    if (hovered.length <= MOST_OUTLINES) {
      for (const shape of hovered) this.#outline(g, shape, camera, GAP)
      g.stroke({ color: palette.accent, width: OUTLINE_WIDTH, alpha: 0.5 })
    }
    if (selected.length > 1 && selected.length <= MOST_OUTLINES) {
      for (const shape of selected) this.#outline(g, shape, camera, 0)
      g.stroke({ color: palette.accent, width: OUTLINE_WIDTH, alpha: 0.6 })
    }
    if (frame) drawFrame(g, frame, camera, palette)
    else if (selected.length === 1) {
      for (const shape of selected) this.#outline(g, shape, camera, GAP)
      g.stroke({ color: palette.accent, width: FRAME_WIDTH })
    }
    if (marquee) drawMarquee(g, marquee, camera, palette)
  }

  destroy(): void {
    this.root.destroy()
  }

  #outline(g: Graphics, shape: Shape, camera: Camera, gap: number): void {
    polygon(g, turnedCorners(shapeBox(shape, this.lineWidth), shape.rot, camera, gap))
  }
}

function drawFrame(
  g: Graphics,
  { box, rot, handles }: SelectionFrame,
  camera: Camera,
  palette: Palette,
): void {
  const hasBox = handles.some(({ name }) => !name.startsWith('p'))
  if (hasBox) {
    polygon(g, turnedCorners(box, rot, camera, 0))
    g.stroke({ color: palette.accent, width: FRAME_WIDTH })
  }
  for (const { name, at } of handles) {
    const [x, y] = toScreen(at, camera)
    if (name === 'rotate' || name.startsWith('p')) g.circle(x, y, DOT_HANDLE_RADIUS)
    else handleSquare(g, [x, y], rot)
    g.fill(palette.handle).stroke({ color: palette.accent, width: FRAME_WIDTH })
  }
}

function handleSquare(g: Graphics, [x, y]: Vec, rot: number): void {
  const half = HANDLE_SIZE / 2
  if (rot === 0) g.roundRect(x - half, y - half, HANDLE_SIZE, HANDLE_SIZE, HANDLE_CORNER)
  else
    polygon(
      g,
      cornersOf({ x: x - half, y: y - half, w: HANDLE_SIZE, h: HANDLE_SIZE }).map(p =>
        rotateAbout(p, [x, y], rot),
      ),
    )
}

function drawMarquee(g: Graphics, box: Box, camera: Camera, palette: Palette): void {
  const [x, y] = toScreen([box.x, box.y], camera)
  g.rect(x, y, box.w * camera.zoom, box.h * camera.zoom)
    .fill({ color: palette.accent, alpha: 0.08 })
    .stroke({ color: palette.accent, width: OUTLINE_WIDTH, alpha: 0.8 })
}

const toScreen = ([x, y]: Vec, camera: Camera): Vec => [
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

function polygon(g: Graphics, corners: readonly Vec[]): void {
  g.poly(corners.flat())
}
