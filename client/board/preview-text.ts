import { compareOrder } from '../../shared/schema/order.ts'
import type { Shape } from '../../shared/shapes/index.ts'

/** UTF-16 code units of all texts of one board that a search looks into: a book of fifteen pages. */
const MOST = 30_000

/** World units. Texts whose tops differ by less stand in one line to the eye. */
const LINE = 40

/** What is written on a board, in reading order, a line for each text. */
export function boardText(shapes: Iterable<Shape>): string {
  const texts = Array.from(shapes, shape => ({ shape, text: textOf(shape) })).filter(
    ({ text }) => text !== '',
  )
  texts.sort(
    (a, b) =>
      rowOf(a.shape) - rowOf(b.shape) || a.shape.pos[0] - b.shape.pos[0] || compareOrder(a.shape, b.shape),
  )
  let all = ''
  for (const { text } of texts) {
    all += all === '' ? text : `\n${text}`
    if (all.length >= MOST) return all.slice(0, MOST)
  }
  return all
}

/** What a person would read: the letters of a text or a label, a name, or what is said of a picture. */
function textOf(shape: Shape): string {
  return written(shape).replace(/\s+/g, ' ').trim()
}

function written(shape: Shape): string {
  if ('text' in shape) return shape.text
  if (shape.type === 'image') return shape.alt
  return shape.type === 'frame' || shape.type === 'page' ? shape.name : ''
}

const rowOf = ({ pos }: Shape): number => Math.floor(pos[1] / LINE)
