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
  context.font = canvasFont(block.font, block.fontSize)
  context.fillStyle = colour
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText('x')
  // Where CSS puts the baseline in a line of this height, so that text does not jump when it is edited.
  const baseline = (block.fontSize * LINE_HEIGHT + ascent - descent) / 2
  block.lines.forEach((line, i) => {
    const top = lineTop(block, i)
    if (top > box.y + box.h || top + 2 * block.fontSize * LINE_HEIGHT < box.y) return
    context.fillText(line, lineStart(block, context.measureText(line).width), top + baseline)
  })
}
