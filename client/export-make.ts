import { type Box, grow, unionOf } from '../shared/geometry/box.ts'
import { compareOrder } from '../shared/schema/order.ts'
import type { Frame } from '../shared/shapes/frame.ts'
import { type KnownShape, type Shape, shapeBox } from '../shared/shapes/index.ts'
import { imageTypeOf } from '../shared/util/image-type.ts'
import { needed } from './app/index.ts'
import type { Editor } from './editor/editor.ts'
import type { ExportOptions } from './editor/export.ts'
import { withContents } from './editor/frames.ts'
import { slidesOf } from './editor/presentation.ts'
import { drawLine, drawPng, pngOf } from './export-canvas.ts'
import { drawnShapes } from './export-drawn.ts'
import { usedFonts } from './export-fonts.ts'
import { DRAWING_KINDS } from './files/accept.ts'
import type { Picture, Sheet } from './files/drawn.ts'
import { sceneText } from './files/driftboard-scene.ts'
import { pngWithScene } from './files/embedded.ts'
import { writeExcalidraw, writeExcalidrawlib } from './files/excalidraw/write.ts'
import { writeSvg } from './files/svg.ts'
import { shownColour } from './render/colour.ts'
import { FONT_STACKS } from './render/font-css.ts'
import { canvasLineWidth } from './render/line-width.ts'
import { paintedBounds } from './render/scene-index.ts'

export interface MakeParts {
  readonly editor: Pick<Editor, 'board' | 'selected' | 'newId'>
  readonly title: string
  /** ms since the epoch. */
  readonly now: number
  /** Resolves to the bytes of an image, or to null for one that this device does not have. */
  readonly image: (asset: string) => Promise<Uint8Array<ArrayBuffer> | null>
}

/** World units kept free around what is shown. A frame shows what it shows. */
const PADDING = 16
/** As stored: turned with the theme like every colour. */
const PAPER = '#ffffff'

/** The file. To be loaded with `import()`. Throws an error in words for the person where there is nothing to show. */
export async function makeFile(parts: MakeParts, options: ExportOptions): Promise<Blob> {
  const shapes = shapesIn(parts, options)
  if (shapes.length === 0) throw new Error('There is nothing on it that could be shown.')
  const known = shapes.filter(shape => shape.type !== 'unreadable')
  const pictures = await picturesOf(known, parts)
  switch (options.format) {
    case 'excalidraw':
      return fileOf(writeExcalidraw(known, pictures, WIDTHS), DRAWING_KINDS.excalidraw.mime)
    case 'excalidrawlib': {
      const item = { id: parts.editor.newId(), name: parts.title, shapes: known }
      return fileOf(writeExcalidrawlib([item], parts.now, WIDTHS), DRAWING_KINDS.excalidrawlib.mime)
    }
    case 'pdf':
      return await makePdf(parts, pictures, options)
    case 'svg': {
      const sheet = sheetOf(parts, shapes, options)
      const scene = options.embed ? sceneText(known, pictures) : ''
      const svg = { families: FONT_STACKS, fonts: await usedFonts([sheet]), pictures, scene }
      return fileOf(writeSvg(sheet, svg), 'image/svg+xml')
    }
    case 'png': {
      const png = await drawPng(sheetOf(parts, shapes, options), options.scale, pictures)
      if (!options.embed) return png
      const bytes = new Uint8Array(await png.arrayBuffer())
      return new Blob([pngWithScene(bytes, sceneText(known, pictures))], { type: 'image/png' })
    }
  }
}

const WIDTHS = { lineWidth: canvasLineWidth }

const fileOf = (text: string, type: string): Blob => new Blob([text], { type })

/** One page, or one for each frame in the order of reading. */
async function makePdf(
  parts: MakeParts,
  pictures: ReadonlyMap<string, Picture>,
  options: ExportOptions,
): Promise<Blob> {
  const scopes =
    options.scope === 'frames'
      ? slidesOf(parts.editor.board, canvasLineWidth).map(({ id }) => `frame:${id}` as const)
      : [options.scope]
  const sheets = scopes.map(scope => {
    const own = { ...options, scope }
    return sheetOf(parts, shapesIn(parts, own), own)
  })
  const taken = new Map<string, Picture>()
  for (const [asset, picture] of pictures) {
    const isTaken = picture.mime === 'image/png' || picture.mime === 'image/jpeg'
    // One that is damaged shows nothing here, as on the board.
    const page = isTaken ? picture : await pngOf(picture).catch(() => undefined)
    if (page) taken.set(asset, page)
  }
  const { writePdf } = await needed('What writes PDF', () => import('./files/pdf.ts'))
  const bytes = await writePdf(sheets, {
    ...{ title: parts.title, fonts: await usedFonts(sheets), pictures: taken },
    linePicture: drawLine,
  })
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/pdf' })
}

/** What is exported, the bottom one first. */
function shapesIn({ editor: { board, selected } }: MakeParts, { scope }: ExportOptions): readonly Shape[] {
  if (scope === 'selection') return withContents(selected, board).toSorted(compareOrder)
  const all = board.ordered.filter(shape => !shape.hidden && shape.type !== 'page')
  if (scope === 'frames') return all.filter(shape => shape.type === 'frame' || shape.frame !== '')
  const frame = frameOf(board.shapes, scope)
  return frame ? all.filter(shape => shape.frame === frame.id) : all
}

function frameOf(shapes: ReadonlyMap<string, Shape>, scope: ExportOptions['scope']): Frame | undefined {
  const shape = scope.startsWith('frame:') ? shapes.get(scope.slice('frame:'.length)) : undefined
  return shape?.type === 'frame' ? shape : undefined
}

function sheetOf({ editor: { board } }: MakeParts, shapes: readonly Shape[], options: ExportOptions): Sheet {
  const theme = options.dark ? 'dark' : 'light'
  const frame = frameOf(board.shapes, options.scope)
  const drawn = drawnShapes(shapes, { theme, lineWidth: canvasLineWidth, find: id => board.shapes.get(id) })
  return {
    box: frame ? shapeBox(frame, canvasLineWidth) : boundsOf(shapes, board.shapes),
    background: options.background ? shownColour(PAPER, theme) : null,
    shapes: drawn,
  }
}

/** Room for the name of a frame above it. */
const TITLE_ROOM = 24

/** Around all that is seen: what reaches out of its frame is cut off. */
function boundsOf(shapes: readonly Shape[], all: ReadonlyMap<string, Shape>): Box {
  const boxes = shapes.map(shape => {
    const own = paintedBounds(shape, canvasLineWidth)
    if (shape.type === 'frame') return { ...own, y: own.y - TITLE_ROOM, h: own.h + TITLE_ROOM }
    const frame = all.get(shape.frame)
    return frame?.type === 'frame' && !frame.hidden ? within(own, paintedBounds(frame, canvasLineWidth)) : own
  })
  return grow(unionOf(boxes) ?? { x: 0, y: 0, w: 1, h: 1 }, PADDING)
}

function within(a: Box, b: Box): Box {
  const x = Math.min(Math.max(a.x, b.x), b.x + b.w)
  const y = Math.min(Math.max(a.y, b.y), b.y + b.h)
  return {
    ...{ x, y },
    w: Math.max(0, Math.min(a.x + a.w, b.x + b.w) - x),
    h: Math.max(0, Math.min(a.y + a.h, b.y + b.h) - y),
  }
}

async function picturesOf(
  shapes: readonly KnownShape[],
  { image }: MakeParts,
): Promise<ReadonlyMap<string, Picture>> {
  const pictures = new Map<string, Picture>()
  for (const shape of shapes) {
    if (shape.type !== 'image' || pictures.has(shape.asset)) continue
    const bytes = await image(shape.asset).catch(() => null)
    if (bytes) pictures.set(shape.asset, { mime: imageTypeOf(bytes) ?? 'application/octet-stream', bytes })
  }
  return pictures
}
