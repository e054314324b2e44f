import { type Container, Graphics, Sprite } from 'pixi.js'
import { type Box, grow } from '../../shared/geometry/box.ts'
import type { LineWidth, MarkedLine } from '../../shared/geometry/text.ts'
import { paintOf, shownColour, type Theme } from './colour.ts'
import { lineStart, lineTop, type TextBlock, widthOfLine } from './text-block.ts'
import { isDrawnWhole, regionCovers, type TextRegion, textRegion } from './text-region.ts'
import { textTexture } from './text-texture.ts'

/** What the text of a shape is drawn for. */
export interface TextSetting {
  /** Device pixels per world unit. */
  readonly density: number
  /** What is in view, in the shape's own space: relative to its `pos`, rotation taken out. */
  readonly view: Box
  readonly theme: Theme
}

type Shown =
  | { readonly as: 'nothing' }
  | { readonly as: 'bars'; readonly graphics: Graphics }
  | { readonly as: 'letters'; readonly sprite: Sprite; readonly region: TextRegion }

/** Device pixels per em under which letters are shown as bars: nobody can read them, and each costs a texture. */
const LEAST_LEGIBLE = 3.5
/** Letters reach past their lines; in font sizes. */
const OVERHANG = 0.3

/** The text of one shape: a texture as fine as the view asks for, or bars when it is too small to be read. */
export class TextLabel {
  #shown: Shown = { as: 'nothing' }
  #block: TextBlock | undefined
  #theme: Theme | undefined
  #density = 0

  constructor(
    private readonly parent: Container,
    private readonly lineWidth: LineWidth,
  ) {}

  /** Whether panning alone can make the text stale: it is too large to be drawn as a whole. */
  get followsView(): boolean {
    const block = this.#block
    return block !== undefined && this.#shown.as !== 'bars' && !isDrawnWhole(paintedBox(block), this.#density)
  }

  /** Whether `draw` would change anything for this setting. */
  isStale({ density, view, theme }: TextSetting): boolean {
    const block = this.#block
    if (!block) return false
    if (theme !== this.#theme || density !== this.#density) return true
    switch (this.#shown.as) {
      case 'bars':
        return false
      case 'nothing':
        return textRegion(paintedBox(block), view, density) !== null
      case 'letters':
        return !regionCovers(this.#shown.region, paintedBox(block), view)
    }
  }

  draw(given: TextBlock | undefined, setting: TextSetting): void {
    const block = given && tight(given, this.lineWidth)
    if (block && this.#moveTo(block, setting)) return
    this.clear()
    this.#block = block
    this.#theme = setting.theme
    this.#density = setting.density
    if (!block) return
    const colour = shownColour(block.colour, setting.theme)
    this.#shown =
      block.fontSize * setting.density < LEAST_LEGIBLE
        ? { as: 'bars', graphics: this.#bars(block, colour) }
        : this.#letters(block, colour, setting)
  }

  /** Puts the letters that are drawn where `block` has them, when they are the same: a texture costs far more. */
  #moveTo(block: TextBlock, { density, theme }: TextSetting): boolean {
    const shown = this.#shown
    const before = this.#block
    if (shown.as !== 'letters' || !before || density !== this.#density || theme !== this.#theme) return false
    const box = paintedBox(block)
    if (!isDrawnWhole(box, density) || !isDrawnWhole(paintedBox(before), density)) return false
    if (!sameLetters(before, block)) return false
    this.#block = block
    this.#shown = { ...shown, region: { box, density } }
    shown.sprite.position.set(box.x, box.y)
    return true
  }

  clear(): void {
    const shown = this.#shown
    this.#shown = { as: 'nothing' }
    this.#block = undefined
    if (shown.as === 'bars') shown.graphics.destroy()
    if (shown.as !== 'letters') return
    const { texture } = shown.sprite
    shown.sprite.destroy()
    texture.destroy(true)
  }

  #bars(block: TextBlock, colour: string): Graphics {
    const graphics = new Graphics()
    const { rgb, alpha } = paintOf(colour)
    block.lines.forEach((_, i) => {
      const width = widthOfLine(block, i, this.lineWidth)
      if (width === 0) return
      graphics.rect(
        lineStart(block, width),
        lineTop(block, i) + 0.4 * block.fontSize,
        width,
        block.fontSize * 0.5,
      )
    })
    graphics.fill({ color: rgb, alpha: alpha * 0.4 })
    this.parent.addChild(graphics)
    return graphics
  }

  #letters(block: TextBlock, colour: string, { density, view }: TextSetting): Shown {
    const region = textRegion(paintedBox(block), view, density)
    if (!region) return { as: 'nothing' }
    const sprite = new Sprite(textTexture(block, region, colour))
    sprite.position.set(region.box.x, region.box.y)
    sprite.scale.set(1 / region.density)
    this.parent.addChild(sprite)
    return { as: 'letters', sprite, region }
  }
}

/** The block with a box that is no wider than its widest line, which puts every line where it was. */
function tight(block: TextBlock, lineWidth: LineWidth): TextBlock {
  const w = block.lines.reduce((most, _, i) => Math.max(most, widthOfLine(block, i, lineWidth)), 0)
  return { ...block, box: { ...block.box, x: lineStart(block, w), w } }
}

/** Whether two tight blocks differ in nothing but their place. */
const sameLetters = (a: TextBlock, b: TextBlock): boolean =>
  a.font === b.font &&
  a.fontSize === b.fontSize &&
  a.align === b.align &&
  a.colour === b.colour &&
  a.lines.length === b.lines.length &&
  a.lines.every((line, i) => line === b.lines[i] && sameRuns(a.marked?.[i], b.marked?.[i]))

const sameRuns = (a: MarkedLine | undefined, b: MarkedLine | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.hang === b.hang &&
    a.runs.length === b.runs.length &&
    a.runs.every(({ text, style }, i) => text === b.runs[i]?.text && style === b.runs[i]?.style))

const paintedBox = (block: TextBlock): Box => grow(block.box, block.fontSize * OVERHANG)
