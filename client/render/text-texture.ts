import { CanvasSource, Texture } from 'pixi.js'
import { LINE_HEIGHT } from '../../shared/geometry/text.ts'
import { canvasFont } from './font-css.ts'
import { lineStart, lineTop, type TextBlock } from './text-block.ts'
import type { TextRegion } from './text-region.ts'

/** Draws the lines of `block` that meet `region`. The caller destroys the texture, its source included. */
export function textTexture(block: TextBlock, region: TextRegion, colour: string): Texture {
  const { box, density } = region
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.ceil(box.w * density))
  canvas.height = Math.max(1, Math.ceil(box.h * density))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no 2D canvas, so that text cannot be drawn.')
  context.scale(density, density)
  context.translate(-box.x, -box.y)
  drawLines(context, block, region, colour)
  return new Texture({ source: new CanvasSource({ resource: canvas, resolution: 1, scaleMode: 'linear' }) })
}

function drawLines(
  context: CanvasRenderingContext2D,
  block: TextBlock,
  { box }: TextRegion,
  colour: string,
): void {
  context.textRendering = 'geometricPrecision'
  const baseline = baselineOf(context, block)
  context.font = canvasFont(block.font, block.fontSize)
  context.fillStyle = colour
  block.lines.forEach((line, i) => {
    const top = lineTop(block, i)
    if (top > box.y + box.h || top + 2 * block.fontSize * LINE_HEIGHT < box.y) return
    context.fillText(line, lineStart(block, context.measureText(line).width), top + baseline)
  })
}

/** Font size. Browsers round what they say of a font to whole pixels: so large, that does not matter. */
const MEASURED_AT = 1000

/** Where CSS puts the baseline below the top of a line, so that text does not jump when it is edited. World units. */
function baselineOf(context: CanvasRenderingContext2D, { font, fontSize }: TextBlock): number {
  context.font = canvasFont(font, MEASURED_AT)
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText('x')
  return (fontSize * (LINE_HEIGHT + (ascent - descent) / MEASURED_AT)) / 2
}
