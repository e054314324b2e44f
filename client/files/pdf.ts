import {
  beginText,
  clip,
  closePath,
  concatTransformationMatrix,
  drawObject,
  endPath,
  endText,
  fill,
  lineTo,
  moveTo,
  PDFDocument,
  type PDFFont,
  type PDFImage,
  type PDFName,
  type PDFOperator,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  StandardFonts,
  setFillingRgbColor,
  setFontAndSize,
  setGraphicsState,
  setStrokingRgbColor,
  setTextMatrix,
  setTextRenderingMode,
  showText,
  TextRenderingMode,
} from '@cantoo/pdf-lib'
import type { FontName } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { DrawnPicture, DrawnShape, DrawnText, Picture, Sheet } from './drawn.ts'
import { fontsOf, lineOutlines } from './pdf/letters.ts'

type Line = DrawnText['lines'][number]

/** A picture of a line, in the space of its shape. */
interface LinePicture {
  readonly png: Uint8Array
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface PdfOptions {
  readonly title: string
  /** As WOFF2. */
  readonly fonts: ReadonlyMap<FontName, Uint8Array>
  /** PNG and JPEG only. */
  readonly pictures: ReadonlyMap<string, Picture>
  /** A picture of letters that the fonts lack, of other scripts and emoji. */
  linePicture(text: DrawnText, line: Line): Promise<LinePicture | null>
}

/** Points of a page for a world unit: a CSS pixel. */
const POINTS = 0.75
/** Points of the longest side that a page may have. */
const MOST_POINTS = 14_400

/** A PDF with a page for each sheet, all of it vectors but for images. */
export async function writePdf(sheets: readonly Sheet[], options: PdfOptions): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.setTitle(options.title)
  document.setProducer('Driftboard')
  document.setCreator('Driftboard')
  const fonts = fontsOf(options.fonts)
  const invisible = await document.embedFont(StandardFonts.Helvetica)
  const images = new Map<string, PDFImage>()
  for (const [asset, { mime, bytes }] of options.pictures) {
    images.set(asset, mime === 'image/png' ? await document.embedPng(bytes) : await document.embedJpg(bytes))
  }
  for (const sheet of sheets) {
    const writer = new PageWriter(document, sheet, { fonts, invisible, images, options })
    for (const shape of sheet.shapes) await writer.draw(shape)
    writer.finish()
  }
  return await document.save()
}

interface Means {
  readonly fonts: ReturnType<typeof fontsOf>
  readonly invisible: PDFFont
  readonly images: ReadonlyMap<string, PDFImage>
  readonly options: PdfOptions
}

class PageWriter {
  readonly #document: PDFDocument
  readonly #page: PDFPage
  readonly #means: Means
  readonly #operators: PDFOperator[] = []
  readonly #states = new Map<number, PDFName>()
  readonly #invisible: PDFName

  constructor(document: PDFDocument, { box, background }: Sheet, means: Means) {
    this.#document = document
    this.#means = means
    const k = Math.min(POINTS, MOST_POINTS / Math.max(box.w, box.h))
    this.#page = document.addPage([box.w * k, box.h * k])
    this.#invisible = this.#page.node.newFontDictionary('Letters', means.invisible.ref)
    // The world's y axis points down, that of a page up.
    this.#operators.push(
      pushGraphicsState(),
      concatTransformationMatrix(k, 0, 0, -k, -box.x * k, (box.y + box.h) * k),
    )
    if (background === null) return
    this.#colour(background)
    this.#operators.push(rectangle(box.x, box.y, box.w, box.h), fill())
  }

  async draw(shape: DrawnShape): Promise<void> {
    const { pos, rot, centre, areas, clips, texts, picture } = shape
    this.#operators.push(pushGraphicsState())
    for (const polygon of clips) this.#operators.push(...outline(polygon), clip(), endPath())
    const [cos, sin] = [Math.cos(rot), Math.sin(rot)]
    const [x, y] = [pos[0] - centre[0], pos[1] - centre[1]]
    this.#operators.push(
      concatTransformationMatrix(
        ...([cos, sin, -sin, cos] as const),
        centre[0] + x * cos - y * sin,
        centre[1] + x * sin + y * cos,
      ),
    )
    for (const { contour, colour } of areas) {
      if (contour.length < 3 || colour === 'transparent') continue
      this.#look(shape, colour)
      this.#operators.push(...outline(contour), fill())
    }
    if (picture) {
      this.#look(shape, '#000000')
      this.#picture(picture)
    }
    for (const text of texts) {
      this.#look(shape, text.colour)
      for (const line of text.lines) await this.#line(text, line)
    }
    this.#operators.push(popGraphicsState())
  }

  finish(): void {
    this.#page.pushOperators(...this.#operators, popGraphicsState())
  }

  #look({ opacity }: DrawnShape, colour: string): void {
    const alpha = opacity * (colour.length > 7 ? Number.parseInt(colour.slice(7, 9), 16) / 255 : 1)
    this.#operators.push(setGraphicsState(this.#state(alpha)))
    this.#colour(colour)
  }

  #colour(colour: string): void {
    const [r, g, b] = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    this.#operators.push(
      setFillingRgbColor(r ?? 0, g ?? 0, b ?? 0),
      setStrokingRgbColor(r ?? 0, g ?? 0, b ?? 0),
    )
  }

  #state(alpha: number): PDFName {
    const state = this.#document.context.obj({ Type: 'ExtGState', ca: alpha, CA: alpha })
    const known = this.#states.get(alpha) ?? this.#page.node.newExtGState('Look', state)
    this.#states.set(alpha, known)
    return known
  }

  #picture({ asset, size: [w, h], flip, crop: [cx, cy, cw, ch] }: DrawnPicture): void {
    const image = this.#means.images.get(asset)
    if (!image) return
    const name = this.#page.node.newXObject('Image', image.ref)
    this.#operators.push(pushGraphicsState(), rectangle(0, 0, w, h), clip(), endPath())
    this.#operators.push(
      concatTransformationMatrix(flip[0] ? -1 : 1, 0, 0, flip[1] ? -1 : 1, flip[0] ? w : 0, flip[1] ? h : 0),
      ...placed(name, -cx * (w / cw), -cy * (h / ch), w / cw, h / ch),
      popGraphicsState(),
    )
  }

  async #line(text: DrawnText, line: Line): Promise<void> {
    if (line.text.trim() === '') return
    const font = this.#means.fonts.get(text.font)
    const outlines = font && lineOutlines(font, text.fontSize, line)
    if (outlines) this.#operators.push(...outlines)
    else await this.#linePicture(text, line)
    this.#operators.push(...this.#readable(text, line))
  }

  async #linePicture(text: DrawnText, line: Line): Promise<void> {
    const picture = await this.#means.options.linePicture(text, line)
    if (!picture) return
    const image = await this.#document.embedPng(picture.png)
    const name = this.#page.node.newXObject('Letters', image.ref)
    const { x, y, w, h } = picture
    this.#operators.push(pushGraphicsState(), ...placed(name, x, y, w, h), popGraphicsState())
  }

  /** The same letters, not drawn, so that the text can be found and copied. */
  #readable({ fontSize }: DrawnText, line: Line): readonly PDFOperator[] {
    const { invisible } = this.#means
    const plain = line.text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    const width = invisible.widthOfTextAtSize(plain, fontSize)
    return [
      beginText(),
      setTextRenderingMode(TextRenderingMode.Invisible),
      setFontAndSize(this.#invisible, fontSize),
      setTextMatrix(width > 0 ? line.w / width : 1, 0, 0, -1, line.x, line.y),
      showText(invisible.encodeText(plain)),
      endText(),
    ]
  }
}

/** An image fills the unit square, upside down in a space whose y axis points down. */
const placed = (name: PDFName, x: number, y: number, w: number, h: number): readonly PDFOperator[] => [
  concatTransformationMatrix(w, 0, 0, -h, x, y + h),
  drawObject(name),
]

function outline(contour: readonly Vec[]): readonly PDFOperator[] {
  return [...contour.map((p, i) => (i === 0 ? moveTo(...p) : lineTo(...p))), closePath()]
}
