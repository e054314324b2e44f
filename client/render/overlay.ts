import { Graphics } from 'pixi.js'
import { type Box, cornersOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import type { Shape } from '../../shared/shapes/index.ts'
import type { Camera, Guide, SelectionFrame } from '../editor/types.ts'
import { drawGuides } from './guides.ts'
import { boxOnScreen, cutOff, edgeOnScreen, toScreen, turnedCorners } from './outlines.ts'
import type { Palette } from './palette.ts'

/** CSS pixels. */
const FRAME_WIDTH = 1.5
const OUTLINE_WIDTH = 1
const AIM_WIDTH = 4
const HANDLE_SIZE = 9
const HANDLE_CORNER = 2.5
const DOT_HANDLE_RADIUS = 5
/** Of the handles that make new points. */
const MIDDLE_HANDLE_RADIUS = 3.5
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
  /** The corners (world space) that a shape is cut off at, see `clipCorners`; undefined for none. */
  readonly clipOf: (shape: Shape) => readonly Vec[] | undefined
  /** Whether it is what the tool in use would take hold of instead. */
  readonly isAimedAt: boolean
  readonly marquee: Box | null
  /** World space. */
  readonly lasso: readonly Vec[] | null
  /** What the gesture in progress snaps to. */
  readonly guides: readonly Guide[]
  /** What other people have selected, in their colours. */
  readonly others: readonly { readonly colour: string; readonly shapes: readonly Shape[] }[]
}

/** Draws selections, handles and the marquee. */
export class Overlay {
  readonly root = new Graphics()

  constructor(private readonly lineWidth: LineWidth) {}

  update(scene: OverlayScene): void {
    const { camera, palette, selected, frame, marquee, lasso, guides, others } = scene
    const g = this.root.clear()
    for (const { colour, shapes } of others) {
      for (const shape of shapes.slice(0, MOST_OUTLINES)) this.#outline(g, shape, camera, GAP)
      g.stroke({ color: colour, width: FRAME_WIDTH, alpha: 0.9 })
    }
    this.#pointOut(g, scene)
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
    if (lasso) drawLasso(g, lasso, camera, palette)
    drawGuides(g, guides, camera, palette.guide)
  }

  destroy(): void {
    this.root.destroy()
  }

  #pointOut(g: Graphics, { camera, palette, hovered, clipOf, isAimedAt }: OverlayScene): void {
    if (!isAimedAt && hovered.length > MOST_OUTLINES) return
    for (const shape of hovered) {
      const edge = isAimedAt
        ? edgeOnScreen(shape, camera, this.lineWidth)
        : boxOnScreen(shape, camera, GAP, this.lineWidth)
      polygon(g, cutOff(edge, clipOf(shape), camera))
    }
    if (isAimedAt) g.stroke({ color: palette.accent, width: AIM_WIDTH, alpha: 0.6 })
    else g.stroke({ color: palette.accent, width: OUTLINE_WIDTH, alpha: 0.5 })
  }

  #outline(g: Graphics, shape: Shape, camera: Camera, gap: number): void {
    polygon(g, boxOnScreen(shape, camera, gap, this.lineWidth))
  }
}

function drawFrame(
  g: Graphics,
  { box, rot, handles }: SelectionFrame,
  camera: Camera,
  palette: Palette,
): void {
  // What cannot be changed has no handles.
  const hasBox = !handles.some(({ name }) => isOfLine(name))
  if (hasBox) {
    polygon(g, turnedCorners(box, rot, camera, 0))
    g.stroke({ color: palette.accent, width: FRAME_WIDTH })
  }
  for (const { name, at } of handles) {
    const [x, y] = toScreen(at, camera)
    if (name.startsWith('m')) {
      g.circle(x, y, MIDDLE_HANDLE_RADIUS)
        .fill(palette.handle)
        .stroke({ color: palette.accent, width: 1, alpha: 0.7 })
      continue
    }
    if (name === 'rotate' || name === 'tip' || name.startsWith('p')) g.circle(x, y, DOT_HANDLE_RADIUS)
    else handleSquare(g, [x, y], rot)
    g.fill(palette.handle).stroke({ color: palette.accent, width: FRAME_WIDTH })
  }
}

/** Whether a handle is on a line rather than on a box. */
const isOfLine = (name: string): boolean => /^[pm]\d/.test(name)

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

function drawLasso(g: Graphics, points: readonly Vec[], camera: Camera, palette: Palette): void {
  polygon(
    g,
    points.map(p => toScreen(p, camera)),
  )
  g.fill({ color: palette.accent, alpha: 0.08 }).stroke({
    color: palette.accent,
    width: OUTLINE_WIDTH,
    alpha: 0.8,
  })
}

function polygon(g: Graphics, corners: readonly Vec[]): void {
  // The 2D canvas leaves a polygon open unless it is told.
  if (corners.length > 0) g.poly(corners.flat(), true)
}
