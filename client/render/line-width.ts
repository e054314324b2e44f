import type { TextStyle } from '../../shared/geometry/marks.ts'
import type { FontName, LineWidth } from '../../shared/geometry/text.ts'
import { canvasFont } from './font-css.ts'

/** CSS pixels. Large, so that rounding in the measured widths does not matter at any font size. */
const MEASURED_AT = 100
/** Lines remembered before starting over. Wrapping a long text asks for many of its parts. */
const REMEMBERED = 20_000

const known = new Map<string, number>()
let context: CanvasRenderingContext2D | null = null

/** The advance width of a line at a font size of 1, measured by a 2D canvas. */
export const canvasLineWidth: LineWidth = (line, font, style = 0) => {
  if (line === '') return 0
  const key = style === 0 ? `${font} ${line}` : `${font}${style} ${line}`
  const width = known.get(key)
  if (width !== undefined) return width
  const measured = measure(line, font, style)
  if (known.size >= REMEMBERED) known.clear()
  known.set(key, measured)
  return measured
}

/** To be called when fonts have become ready, since text then has other widths. */
export function forgetLineWidths(): void {
  known.clear()
}

function measure(line: string, font: FontName, style: TextStyle): number {
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) throw new Error('This browser gives no 2D canvas, so that text cannot be measured.')
  context.textRendering = 'geometricPrecision'
  context.font = canvasFont(font, MEASURED_AT, style)
  return context.measureText(line).width / MEASURED_AT
}
