import { type Box, centreOf, unionOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { type ImageShape, shownPart } from '../../shared/shapes/image.ts'
import { type Shape, shapeBox } from '../../shared/shapes/index.ts'
import { shownOpacity } from '../../shared/shapes/ink.ts'
import { clipCorners } from './clip-corners.ts'
import { shownColour, type Theme } from './colour.ts'
import type { Contour } from './contour.ts'
import { placeholderView } from './placeholder.ts'
import { paintedBounds } from './scene-index.ts'
import type { ShapeView, ShapeViews } from './shape-view.ts'
import { lineStart, lineTop, type TextBlock, textBlock, widthOfLine } from './text-block.ts'
import { drawLines } from './text-canvas.ts'

export interface ThumbnailOptions {
  /** From the bottom to the top. */
  readonly shapes: readonly Shape[]
  readonly views: ShapeViews
  readonly lineWidth: LineWidth
  /** CSS pixels. */
  readonly size: { readonly w: number; readonly h: number }
  /** The pixels of an image; undefined for one that is not at hand. */
  readonly picture: (shape: ImageShape) => CanvasImageSource | undefined
  /** Lets the page do something else. */
  readonly pause: () => Promise<void>
}

/** A board as small pictures on a clear ground, one for each theme. */
export type Thumbnails = Readonly<Record<Theme, Blob>>

/** ms between two pauses: half a frame. */
const SLICE = 8
/** Pixels kept free around everything. */
const PADDING = 16
/** Of its height, or its width, that a picture shows something in, at least. */
const LEAST_SHARE = 0.4
/** Pixels. A smaller shape is a dot, as it would be to the eye. */
const DOT = 1.5
/** Pixels of a miss that nobody sees. */
const TOLERANCE = 0.3
/** Pixels. Thinner lines fade away. */
const LEAST_WIDTH = 1
/** Pixels per em under which letters are bars. */
const LEAST_LEGIBLE = 4

interface Sheet {
  readonly theme: Theme
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
}

/**
 * Draws everything on a board into pictures of `size`, in slices of a few milliseconds. Null when there is nothing on it, or
 * the browser gives no canvas. The caller may let go of the board meanwhile: shapes are values.
 */
export async function drawThumbnails(options: ThumbnailOptions): Promise<Thumbnails | null> {
  const { shapes, lineWidth, size, pause } = options
  const all = unionOf(shapes.map(shape => paintedBounds(shape, lineWidth)))
  const light = sheet(size, 'light')
  const dark = sheet(size, 'dark')
  if (!all || !light || !dark) return null
  const { zoom, x, y } = cameraFor(all, size)
  for (const { context } of [light, dark]) context.setTransform(zoom, 0, 0, zoom, x, y)
  let start = performance.now()
  const frames = new Map(shapes.filter(({ type }) => type === 'frame').map(frame => [frame.id, frame]))
  for (const shape of shapes) {
    const clip = clipCorners(frames.get(shape.frame), shape, lineWidth)
    for (const { context } of [light, dark]) beginClip(context, clip)
    drawShape(shape, options, zoom, [light, dark])
    for (const { context } of [light, dark]) context.restore()
    if (performance.now() - start < SLICE) continue
    await pause()
    start = performance.now()
  }
  const [first, second] = await Promise.all([encoded(light), encoded(dark)])
  return first && second ? { light: first, dark: second } : null
}

/**
 * Shows all of a board in the middle, never larger than it is. One that is far longer than a picture would be a thin line: of that,
 * the beginning is shown, and the rest cut off.
 */
function cameraFor(all: Box, size: ThumbnailOptions['size']): { zoom: number; x: number; y: number } {
  const across = (size.w - 2 * PADDING) / all.w
  const down = (size.h - 2 * PADDING) / all.h
  const zoom = Math.min(1, Math.max(Math.min(across, down), LEAST_SHARE * Math.max(across, down)))
  const start = (length: number, from: number, extent: number): number =>
    Math.max(PADDING, (length - extent * zoom) / 2) - from * zoom
  return { zoom, x: start(size.w, all.x, all.w), y: start(size.h, all.y, all.h) }
}

function sheet({ w, h }: ThumbnailOptions['size'], theme: Theme): Sheet | null {
  const canvas = document.createElement('canvas')
  canvas.width = w
  canvas.height = h
  const context = canvas.getContext('2d')
  return context && { theme, canvas, context }
}

/** As WebP, or as PNG where the browser does not write that. */
const encoded = ({ canvas }: Sheet): Promise<Blob | null> =>
  new Promise(resolve => canvas.toBlob(resolve, 'image/webp', 0.85))

function drawShape(shape: Shape, options: ThumbnailOptions, zoom: number, sheets: readonly Sheet[]): void {
  const { lineWidth, views } = options
  const painted = paintedBounds(shape, lineWidth)
  if (Math.max(painted.w, painted.h) * zoom < DOT) return drawDot(shape, painted, zoom, sheets)
  const view = (shape.type === 'unreadable' ? placeholderView : views[shape.type]) as ShapeView<Shape>
  const translucent = shownOpacity(shape) < 1
  const drawing = { tolerance: TOLERANCE / zoom, leastWidth: LEAST_WIDTH / zoom, translucent }
  const areas = view.areas(shape, drawing, lineWidth).map(area => ({ area, path: pathOf(area.contour) }))
  const text = view.text ? view.text(shape, lineWidth) : textBlock(shape, lineWidth)
  const blocks = [...(text ? [text] : []), ...(view.words?.(shape, lineWidth) ?? [])]
  const picture = shape.type === 'image' ? options.picture(shape) : undefined
  const box = shapeBox(shape, lineWidth)
  for (const { context, theme } of sheets) {
    context.save()
    context.globalAlpha = shownOpacity(shape)
    turn(context, box, shape.rot)
    if (picture && shape.type === 'image') drawPicture(context, shape, picture)
    context.translate(...shape.pos)
    if (!picture)
      for (const { area, path } of areas) {
        context.fillStyle = shownColour(area.colour, theme)
        context.fill(path, 'nonzero')
      }
    if (!picture)
      for (const block of blocks) drawText(context, block, shownColour(block.colour, theme), zoom, lineWidth)
    context.restore()
  }
}

/** Cuts off what is drawn until `restore`, at `corners` if there are any; world space. */
function beginClip(context: CanvasRenderingContext2D, corners: readonly Vec[] | undefined): void {
  context.save()
  if (corners) context.clip(pathOf(corners))
}

function turn(context: CanvasRenderingContext2D, box: Box, angle: number): void {
  if (angle === 0) return
  const [x, y] = centreOf(box)
  context.translate(x, y)
  context.rotate(angle)
  context.translate(-x, -y)
}

function pathOf(contour: Contour): Path2D {
  const path = new Path2D()
  for (const [x, y] of contour) path.lineTo(x, y)
  path.closePath()
  return path
}

function drawPicture(
  context: CanvasRenderingContext2D,
  { pos, size, flip, crop }: ImageShape,
  picture: CanvasImageSource,
): void {
  context.save()
  context.translate(pos[0] + size[0] / 2, pos[1] + size[1] / 2)
  context.scale(flip[0] ? -1 : 1, flip[1] ? -1 : 1)
  const [x, y, w, h] = shownPart({ crop })
  const whole = [size[0] / w, size[1] / h] as const
  context.beginPath()
  context.rect(-size[0] / 2, -size[1] / 2, ...size)
  context.clip()
  context.drawImage(picture, -size[0] / 2 - x * whole[0], -size[1] / 2 - y * whole[1], ...whole)
  context.restore()
}

function drawText(
  context: CanvasRenderingContext2D,
  block: TextBlock,
  colour: string,
  zoom: number,
  lineWidth: LineWidth,
): void {
  if (block.fontSize * zoom >= LEAST_LEGIBLE) {
    drawLines(context, block, block.box, colour)
    return
  }
  context.fillStyle = colour
  context.globalAlpha *= 0.4
  block.lines.forEach((_, i) => {
    const width = widthOfLine(block, i, lineWidth)
    context.fillRect(
      lineStart(block, width),
      lineTop(block, i) + 0.4 * block.fontSize,
      width,
      block.fontSize / 2,
    )
  })
}

function drawDot(shape: Shape, painted: Box, zoom: number, sheets: readonly Sheet[]): void {
  const colour = 'stroke' in shape && shape.stroke !== 'transparent' ? shape.stroke : '#868e96'
  const [x, y] = centreOf(painted)
  const side = DOT / zoom
  for (const { context, theme } of sheets) {
    context.globalAlpha = shape.opacity / 2
    context.fillStyle = shownColour(colour, theme)
    context.fillRect(x - side / 2, y - side / 2, side, side)
    context.globalAlpha = 1
  }
}
