import { type Mark, type Marks, STYLE } from './marks.ts'

/**
 * Where the marker of the line that begins at `start` ends, with the spaces before it; `start` for a line that is no item of
 * a list. UTF-16 offsets.
 */
export function markerEnd(text: string, start: number, marks: Marks): number {
  let at = start
  while (text[at] === ' ') at += 1
  let end = at
  for (let i = firstAfter(marks, at); i < marks.length; i++) {
    const { from, to, style } = marks[i] as Mark
    if (from > end || (style & STYLE.list) === 0) break
    end = to
  }
  if (end === at) return start
  const newline = text.indexOf('\n', at)
  return newline === -1 ? Math.min(end, text.length) : Math.min(end, newline)
}

/** The index of the first mark that ends behind `at`. */
export function firstAfter(marks: Marks, at: number): number {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle] as Mark).to > at) high = middle
    else low = middle + 1
  }
  return low
}
