import { CanvasSource, Texture } from 'pixi.js'
import type { TextBlock } from './text-block.ts'
import { drawLines } from './text-canvas.ts'
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
  drawLines(context, block, region.box, colour)
  return new Texture({ source: new CanvasSource({ resource: canvas, resolution: 1, scaleMode: 'linear' }) })
}
