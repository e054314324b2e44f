import { Graphics } from 'pixi.js'
import { type Box, boxesMeet } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { type Shape, shapeBounds, shapeBox } from '../../shared/shapes/index.ts'
import type { Camera, ReviewMarks } from '../editor/types.ts'
import { dashes } from './contour.ts'
import { turnedCorners } from './outlines.ts'
import type { Palette } from './palette.ts'
import { segment } from './segment.ts'

type Side = 'mine' | 'theirs' | 'both'

/** CSS pixels. */
const GAP = 5
const LINE = 2
const CURRENT_LINE = 3.5
const HALO = 9
const BADGE = 8
const DASH = { on: 9, off: 6 } as const
/** Dashes around one shape: of one that is far larger than the screen they become longer, not more. */
const MOST_DASHES = 240

interface Scene {
  readonly camera: Camera
  /** World space. */
  readonly view: Box
  readonly palette: Palette
  readonly marks: ReviewMarks
  readonly shapeOf: (id: string) => Shape | undefined
}

/**
 * Draws whose work each shape of a review is, in screen space: a tint, a line (whole for mine, dashed for theirs, double for
 * both) and a badge (a disc, a triangle, a diamond), so that nobody has to tell colours apart.
 */
export class ReviewMarksView {
  readonly root = new Graphics()

  constructor(private readonly lineWidth: LineWidth) {}

  update(scene: Scene | null): void {
    const g = this.root.clear()
    if (!scene) return
    const { marks, shapeOf, view } = scene
    for (const [id, side] of marks.sides) {
      const shape = shapeOf(id)
      if (!shape || id === marks.current || !boxesMeet(shapeBounds(shape, this.lineWidth), view)) continue
      this.#mark(g, shape, side, scene, false)
    }
    const current = marks.current === null ? undefined : shapeOf(marks.current)
    const side = marks.current === null ? undefined : marks.sides.get(marks.current)
    if (current && side) this.#mark(g, current, side, scene, true)
  }

  destroy(): void {
    this.root.destroy()
  }

  #mark(g: Graphics, shape: Shape, side: Side, { camera, palette, marks }: Scene, isCurrent: boolean): void {
    const color = palette[side]
    const corners = (gap: number) => turnedCorners(shapeBox(shape, this.lineWidth), shape.rot, camera, gap)
    const outline = corners(GAP)
    if (isCurrent) polygon(g, outline).stroke({ color, width: HALO, alpha: 0.28 })
    polygon(g, outline).fill({ color, alpha: isCurrent ? 0.16 : 0.1 })
    const width = isCurrent ? CURRENT_LINE : LINE
    if (side === 'theirs') dashed(g, outline, width, color)
    else polygon(g, outline).stroke({ color, width })
    if (side === 'both') polygon(g, corners(GAP + 4)).stroke({ color, width: 1.5 })
    badge(g, outline[0] as Vec, side, color, palette)
    if (marks.ghosts.has(shape.id)) cross(g, outline, color)
  }
}

const polygon = (g: Graphics, corners: readonly Vec[]): Graphics => g.poly(corners.flat(), true)

function dashed(g: Graphics, corners: readonly Vec[], width: number, color: string): void {
  const closed = [...corners, corners[0] as Vec]
  const length = closed.reduce((sum, at, i) => sum + (i === 0 ? 0 : distance(closed[i - 1] as Vec, at)), 0)
  const scale = Math.max(1, length / ((DASH.on + DASH.off) * MOST_DASHES))
  for (const piece of dashes(closed, DASH.on * scale, DASH.off * scale)) {
    for (const [i, at] of piece.entries()) if (i > 0) segment(g, piece[i - 1] as Vec, at, width)
  }
  g.fill(color)
}

const distance = (a: Vec, b: Vec): number => Math.hypot(b[0] - a[0], b[1] - a[1])

function badge(g: Graphics, [x, y]: Vec, side: Side, color: string, { page }: Palette): void {
  if (side === 'mine') g.circle(x, y, BADGE - 1)
  if (side === 'theirs') g.poly([x, y - BADGE, x + BADGE, y + BADGE - 2, x - BADGE, y + BADGE - 2])
  if (side === 'both') g.poly([x, y - BADGE - 1, x + BADGE + 1, y, x, y + BADGE + 1, x - BADGE - 1, y])
  g.fill(color).stroke({ color: page, width: 2 })
}

/** Over the ghost of a removed shape. */
function cross(g: Graphics, [a, b, c, d]: readonly Vec[], color: string): void {
  if (!a || !b || !c || !d) return
  segment(g, a, c, 1.5)
  segment(g, b, d, 1.5)
  g.fill({ color, alpha: 0.6 })
}
