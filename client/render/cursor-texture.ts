import { CanvasSource, Texture } from 'pixi.js'
import { readableOn } from './colour.ts'
import { canvasFont } from './font-css.ts'

/** CSS pixels. */
const TAG = { x: 13, y: 17, height: 22, padding: 8, fontSize: 12, widest: 160 } as const
/** CSS pixels around the drawing, for its shadow. */
const MARGIN = 4

/** How far the tip of the arrow lies from the texture's top left, in CSS pixels. */
export const CURSOR_TIP = MARGIN

/** The arrow of a classic pointer, its tip at the origin; CSS pixels. */
const ARROW =
  'M0.5 0.5 L5.2 16.2 Q5.7 17.6 6.5 16.4 L9.6 11.2 Q9.9 10.7 10.5 10.6 L16.3 9.6 Q17.7 9.2 16.6 8.4 L2 0.2 Q0 -0.8 0.5 0.5 Z'

/** A pointer in the person's colour with a tag that tells the name. The caller destroys it, its source included. */
export function cursorTexture(name: string, colour: string, dpr: number): Texture {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no 2D canvas, so that cursors cannot be drawn.')
  context.font = `600 ${canvasFont('sans', TAG.fontSize)}`
  const text = shortened(name, label => context.measureText(label).width)
  const tagWidth = text === '' ? 0 : context.measureText(text).width + 2 * TAG.padding
  canvas.width = Math.ceil((TAG.x + tagWidth + 2 * MARGIN) * dpr)
  canvas.height = Math.ceil((TAG.y + TAG.height + 2 * MARGIN) * dpr)
  context.scale(dpr, dpr)
  context.translate(MARGIN, MARGIN)
  drawArrow(context, colour)
  if (text !== '') drawTag(context, text, tagWidth, colour)
  return new Texture({ source: new CanvasSource({ resource: canvas, resolution: dpr, scaleMode: 'linear' }) })
}

/** CSS pixels. */
const SMALL_TAG = { height: 18, padding: 6, fontSize: 11 } as const

/** A small flag with the name, to stand on a caret by its lower left corner. The caller destroys it, its source included. */
export function nameTagTexture(name: string, colour: string, dpr: number): Texture {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no 2D canvas, so that names cannot be drawn.')
  const { height, padding, fontSize } = SMALL_TAG
  const font = `600 ${canvasFont('sans', fontSize)}`
  context.font = font
  const text = shortened(name, label => context.measureText(label).width)
  const width = context.measureText(text).width + 2 * padding
  canvas.width = Math.ceil(width * dpr)
  canvas.height = Math.ceil(height * dpr)
  context.scale(dpr, dpr)
  context.beginPath()
  context.roundRect(0, 0, width, height, [5, 5, 5, 0])
  context.fillStyle = colour
  context.fill()
  context.font = font
  context.textBaseline = 'middle'
  context.fillStyle = readableOn(colour)
  context.fillText(text, padding, height / 2 + 0.5)
  return new Texture({ source: new CanvasSource({ resource: canvas, resolution: dpr, scaleMode: 'linear' }) })
}

function drawArrow(context: CanvasRenderingContext2D, colour: string): void {
  const arrow = new Path2D(ARROW)
  context.save()
  context.shadowColor = 'rgb(0 0 0 / 0.3)'
  context.shadowBlur = 3
  context.shadowOffsetY = 1
  context.lineJoin = 'round'
  context.lineWidth = 2
  context.strokeStyle = '#ffffff'
  context.stroke(arrow)
  context.restore()
  context.fillStyle = colour
  context.fill(arrow)
}

function drawTag(context: CanvasRenderingContext2D, text: string, width: number, colour: string): void {
  context.beginPath()
  context.roundRect(TAG.x, TAG.y, width, TAG.height, TAG.height / 2)
  context.fillStyle = colour
  context.fill()
  context.font = `600 ${canvasFont('sans', TAG.fontSize)}`
  context.textBaseline = 'middle'
  context.fillStyle = readableOn(colour)
  context.fillText(text, TAG.x + TAG.padding, TAG.y + TAG.height / 2 + 0.5)
}

/** The name, or as much of it as a tag holds; one line whatever it contains. */
function shortened(name: string, widthOf: (label: string) => number): string {
  const characters = [...name.replace(/\s+/g, ' ').trim()].slice(0, 80)
  if (widthOf(characters.join('')) <= TAG.widest) return characters.join('')
  while (characters.length > 0 && widthOf(`${characters.join('')}…`) > TAG.widest) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
