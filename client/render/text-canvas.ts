import type { Box } from '../../shared/geometry/box.ts'
import { STYLE } from '../../shared/geometry/marks.ts'
import { inReadingOrder, LINE_HEIGHT, type MarkedLine, runsLeft } from '../../shared/geometry/text.ts'
import { canvasFont, STRIKE } from './font-css.ts'
import { lineStart, lineTop, type TextBlock } from './text-block.ts'

/** Draws the lines of `block` that meet `seen`; both in the space of the context. */
export function drawLines(
  context: CanvasRenderingContext2D,
  block: TextBlock,
  seen: Box,
  colour: string,
): void {
  context.textRendering = 'geometricPrecision'
  const baseline = baselineOf(context, block)
  context.font = canvasFont(block.font, block.fontSize)
  context.fillStyle = colour
  inReadingOrder(block.lines).forEach((line, i) => {
    const top = lineTop(block, i)
    if (top > seen.y + seen.h || top + 2 * block.fontSize * LINE_HEIGHT < seen.y) return
    const marked = block.marked?.[i]
    if (marked) drawRuns(context, block, marked, top + baseline)
    else context.fillText(line, lineStart(block, context.measureText(line).width), top + baseline)
  })
}

function drawRuns(context: CanvasRenderingContext2D, block: TextBlock, line: MarkedLine, baseline: number) {
  const { font, fontSize } = block
  const left = lineStart(block, line.w)
  // A space at the end of a run lies where the next one begins.
  context.direction = runsLeft(block.lines) ? 'rtl' : 'ltr'
  context.textAlign = 'left'
  for (const { text, style, x, w } of line.runs) {
    context.font = canvasFont(font, fontSize, style)
    context.fillText(text, left + x, baseline)
    if ((style & STYLE.strike) === 0) continue
    const thickness = STRIKE.thickness * fontSize
    context.fillRect(left + x, baseline - STRIKE.rise * fontSize - thickness / 2, w, thickness)
  }
  context.direction = 'ltr'
  context.textAlign = 'start'
}

/** Font size. Browsers round what they say of a font to whole pixels: so large, that does not matter. */
const MEASURED_AT = 1000

/** Where CSS puts the baseline below the top of a line, so that text does not jump when it is edited. World units. */
export function baselineOf(context: CanvasRenderingContext2D, { font, fontSize }: TextBlock): number {
  context.font = canvasFont(font, MEASURED_AT)
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText('x')
  return (fontSize * (LINE_HEIGHT + (ascent - descent) / MEASURED_AT)) / 2
}
