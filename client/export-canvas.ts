import { inReadingOrder } from '../shared/geometry/text.ts'
import type { Vec } from '../shared/geometry/vec.ts'
import type { DrawnPicture, DrawnShape, DrawnText, Picture, Sheet } from './files/drawn.ts'
import { canvasFont } from './render/font-css.ts'

/** Pixels of a side, and of all, that every browser draws. */
const MOST_SIDE = 16_384
const MOST_PIXELS = 2 ** 27

/** The picture as PNG, with `scale` pixels for a world unit, or as many as a browser can. */
export async function drawPng(
  { box, background, shapes }: Sheet,
  scale: number,
  pictures: ReadonlyMap<string, Picture>,
): Promise<Blob> {
  const k = Math.min(scale, MOST_SIDE / Math.max(box.w, box.h), Math.sqrt(MOST_PIXELS / (box.w * box.h)))
  const bitmaps = await decoded(shapes, pictures)
  const canvas = canvasOf(Math.ceil(box.w * k), Math.ceil(box.h * k))
  const { context } = canvas
  context.setTransform(k, 0, 0, k, -box.x * k, -box.y * k)
  if (background !== null) {
    context.fillStyle = background
    context.fillRect(box.x, box.y, box.w, box.h)
  }
  for (const shape of shapes) drawShape(context, shape, bitmaps)
  for (const bitmap of bitmaps.values()) bitmap.close()
  return await canvas.encoded()
}

/** Pixels of a picture of letters for each world unit. */
const LETTER_SCALE = 4

/** A picture of a line of text, for formats that lack its letters. */
export async function drawLine(
  text: DrawnText,
  line: DrawnText['lines'][number],
): Promise<{ png: Uint8Array; x: number; y: number; w: number; h: number }> {
  const { fontSize } = text
  const box = {
    x: line.x - fontSize / 4,
    y: line.y - 1.2 * fontSize,
    w: line.w + fontSize / 2,
    h: 1.7 * fontSize,
  }
  const k = Math.min(LETTER_SCALE, MOST_SIDE / box.w)
  const canvas = canvasOf(Math.max(1, Math.ceil(box.w * k)), Math.max(1, Math.ceil(box.h * k)))
  canvas.context.setTransform(k, 0, 0, k, -box.x * k, -box.y * k)
  drawText(canvas.context, { ...text, lines: [line] })
  const blob = await canvas.encoded()
  return { png: new Uint8Array(await blob.arrayBuffer()), ...box }
}

/** The image as PNG, for formats that take few others. */
export async function pngOf({ bytes }: Picture): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([bytes]))
  const canvas = canvasOf(bitmap.width, bitmap.height)
  canvas.context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const blob = await canvas.encoded()
  return { mime: 'image/png', bytes: new Uint8Array(await blob.arrayBuffer()) }
}

function canvasOf(width: number, height: number) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no 2D canvas, so that no picture can be drawn.')
  const encoded = () =>
    new Promise<Blob>((resolve, reject) =>
      canvas.toBlob(
        blob => (blob ? resolve(blob) : reject(new Error('The picture is too large for this browser.'))),
        'image/png',
      ),
    )
  return { context, encoded }
}

async function decoded(
  shapes: readonly DrawnShape[],
  pictures: ReadonlyMap<string, Picture>,
): Promise<ReadonlyMap<string, ImageBitmap>> {
  const bitmaps = new Map<string, ImageBitmap>()
  const used = new Set(shapes.flatMap(({ picture }) => picture?.asset ?? []))
  for (const asset of used) {
    const picture = pictures.get(asset)
    // One that is damaged shows nothing here, as on the board.
    const bitmap = picture && (await createImageBitmap(new Blob([picture.bytes])).catch(() => undefined))
    if (bitmap) bitmaps.set(asset, bitmap)
  }
  return bitmaps
}

function drawShape(
  context: CanvasRenderingContext2D,
  { pos, rot, centre, opacity, clips, areas, texts, picture }: DrawnShape,
  bitmaps: ReadonlyMap<string, ImageBitmap>,
): void {
  context.save()
  for (const polygon of clips) context.clip(pathOf(polygon))
  context.globalAlpha = opacity
  context.translate(...centre)
  context.rotate(rot)
  context.translate(pos[0] - centre[0], pos[1] - centre[1])
  for (const { contour, colour } of areas) {
    context.fillStyle = colour
    context.fill(pathOf(contour), 'nonzero')
  }
  const bitmap = picture && bitmaps.get(picture.asset)
  if (picture && bitmap) drawPicture(context, picture, bitmap)
  for (const text of texts) drawText(context, text)
  context.restore()
}

function pathOf(contour: readonly Vec[]): Path2D {
  const path = new Path2D()
  for (const [x, y] of contour) path.lineTo(x, y)
  path.closePath()
  return path
}

function drawPicture(
  context: CanvasRenderingContext2D,
  { size: [w, h], flip, crop: [x, y, cw, ch] }: DrawnPicture,
  bitmap: ImageBitmap,
): void {
  context.save()
  context.imageSmoothingQuality = 'high'
  context.translate(flip[0] ? w : 0, flip[1] ? h : 0)
  context.scale(flip[0] ? -1 : 1, flip[1] ? -1 : 1)
  const { width, height } = bitmap
  context.drawImage(bitmap, x * width, y * height, cw * width, ch * height, 0, 0, w, h)
  context.restore()
}

function drawText(context: CanvasRenderingContext2D, { font, fontSize, colour, lines }: DrawnText): void {
  context.textRendering = 'geometricPrecision'
  context.fillStyle = colour
  const texts = inReadingOrder(lines.map(({ text }) => text))
  lines.forEach(({ x, y, style }, i) => {
    context.font = canvasFont(font, fontSize, style)
    context.fillText(texts[i] ?? '', x, y)
  })
}
