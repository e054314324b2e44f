/** How letters look beside their font; bits that are set or not. `LIST` is on the marker that begins an item: `• ` or `1. `. */
export const STYLE = { bold: 1, italic: 2, strike: 4, list: 8 } as const
/** The bits of STYLE together; 0 for plain letters. */
export type TextStyle = number

/** Letters of one look, by UTF-16 offsets of the text; `style` is never 0. */
export interface Mark {
  readonly from: number
  readonly to: number
  readonly style: TextStyle
}

/** The marks of a text, in order, apart from each other or of different looks. */
export type Marks = readonly Mark[]

/** Of every text without marks. */
export const NO_MARKS: Marks = []

/** All bits that mean something. */
export const ANY_STYLE: TextStyle = STYLE.bold | STYLE.italic | STYLE.strike | STYLE.list

/** What is typed behind a marker begins the words of the item, which are no marker. */
export const inherited = (style: TextStyle): TextStyle => style & ~STYLE.list

/** The look of the letter before `offset`, which what is typed there takes on; 0 at the beginning. */
export function styleBefore(marks: Marks, offset: number): TextStyle {
  return marks.find(({ from, to }) => from < offset && offset <= to)?.style ?? 0
}

/** The looks that every letter from `from` to `to` has; of an empty range those of the letter before it. */
export function styleOver(marks: Marks, from: number, to: number): TextStyle {
  if (from >= to) return inherited(styleBefore(marks, from))
  let style = ANY_STYLE
  let reached = from
  for (const mark of marks) {
    if (mark.to <= from || mark.from >= to) continue
    if (mark.from > reached) return 0
    style &= mark.style
    reached = mark.to
  }
  return reached >= to ? style : 0
}

/** The marks of the part from `from` to `to` of a text, counted from the beginning of the part. */
export function marksBetween(marks: Marks, from: number, to: number): Marks {
  if (marks.length === 0) return NO_MARKS
  return tidy(
    marks.map(mark => ({
      from: Math.max(mark.from, from) - from,
      to: Math.min(mark.to, to) - from,
      style: mark.style,
    })),
  )
}

/** The marks after `removed` letters at `at` gave way to `inserted` ones of the look `style`. */
export function splicedMarks(
  marks: Marks,
  at: number,
  removed: number,
  inserted: number,
  style: TextStyle,
): Marks {
  if (marks.length === 0 && style === 0) return NO_MARKS
  const head = marksBetween(marks, 0, at)
  const tail = marksBetween(marks, at + removed, Number.POSITIVE_INFINITY)
  return tidy([...head, { from: at, to: at + inserted, style }, ...movedMarks(tail, at + inserted)])
}

/** The marks of a text that stands `by` letters further on. */
export const movedMarks = (marks: Marks, by: number): Marks =>
  marks.map(({ from, to, style }) => ({ from: from + by, to: to + by, style }))

/** The marks after the letters from `from` to `to` were given the looks of `style`, or lost them. */
export function restyledMarks(marks: Marks, from: number, to: number, style: TextStyle, on: boolean): Marks {
  if (from >= to) return marks
  const pieces: Mark[] = []
  let reached = 0
  const add = (until: number, old: TextStyle): void => {
    for (const [a, b] of [
      [reached, Math.min(until, from)],
      [Math.max(reached, from), Math.min(until, to)],
      [Math.max(reached, to), until],
    ] as const) {
      const isInside = a >= from && b <= to
      pieces.push({ from: a, to: b, style: !isInside ? old : on ? old | style : old & ~style })
    }
    reached = until
  }
  for (const mark of marks) {
    add(mark.from, 0)
    add(mark.to, mark.style)
  }
  add(Math.max(reached, to), 0)
  return tidy(pieces)
}

/** The stretches of a text in which two markings of it differ, and the looks of each there. */
export function marksApart(
  before: Marks,
  after: Marks,
): readonly {
  readonly from: number
  readonly to: number
  readonly was: TextStyle
  readonly is: TextStyle
}[] {
  const edges = [...new Set([...before, ...after].flatMap(({ from, to }) => [from, to]))].sort(
    (a, b) => a - b,
  )
  let [b, a] = [0, 0]
  return edges.slice(0, -1).flatMap((from, i) => {
    while ((before[b]?.to ?? Infinity) <= from) b += 1
    while ((after[a]?.to ?? Infinity) <= from) a += 1
    const styleIn = (mark: Mark | undefined) => (mark && mark.from <= from ? mark.style : 0)
    const [was, is] = [styleIn(before[b]), styleIn(after[a])]
    return was === is ? [] : [{ from, to: edges[i + 1] as number, was, is }]
  })
}

/** Whether two texts are marked alike. */
export const sameMarks = (a: Marks = NO_MARKS, b: Marks = NO_MARKS): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((mark, i) => mark.from === b[i]?.from && mark.to === b[i]?.to && mark.style === b[i]?.style))

/**
 * Marks out of any, for a text of `length`: within it, in order, none empty or of no look, none next to one of the same look.
 * Of two for the same letters the first counts.
 */
export const marksWithin = (marks: Marks, length: number): Marks =>
  marksBetween(
    [...marks].sort((a, b) => a.from - b.from),
    0,
    length,
  )

/** A text in pieces of one look each, in order; all of it, also what has no look. */
export function runsOf(text: string, marks: Marks = NO_MARKS): readonly { text: string; style: TextStyle }[] {
  const runs: { text: string; style: TextStyle }[] = []
  const add = (from: number, to: number, style: TextStyle): void => {
    if (to > from) runs.push({ text: text.slice(from, to), style })
  }
  let reached = 0
  for (const { from, to, style } of marks) {
    add(reached, from, 0)
    add(from, to, style)
    reached = to
  }
  add(reached, text.length, 0)
  return runs
}

/** The marks of a text that is put together out of `runs`. */
export function marksOfRuns(runs: Iterable<{ readonly text: string; readonly style: TextStyle }>): Marks {
  const marks: Mark[] = []
  let at = 0
  for (const { text, style } of runs) {
    marks.push({ from: at, to: at + text.length, style })
    at += text.length
  }
  return tidy(marks)
}

/** Of marks in order: without those that are empty, of no look, or over letters that have one, and with neighbours joined. */
function tidy(marks: Marks): Marks {
  const kept: Mark[] = []
  for (const { from, to, style } of marks) {
    const last = kept.at(-1)
    const begin = Math.max(from, last?.to ?? 0)
    if (style === 0 || begin >= to) continue
    if (last && last.to === begin && last.style === style) kept[kept.length - 1] = { ...last, to }
    else kept.push({ from: begin, to, style })
  }
  return kept.length === 0 ? NO_MARKS : kept
}
