import { markerEnd } from '../../shared/geometry/list-marker.ts'
import { STYLE, type TextStyle } from '../../shared/geometry/marks.ts'
import { type RichText, restyled, spliced, type TextState, typedStyle } from './rich-text.ts'

export type ListKind = 'bullet' | 'number'

/** Spaces by which each level of a list stands in. */
const LEVEL = '    '
const BULLET = '• '

/** A line of a text. Offsets in UTF-16 code units. */
interface Line {
  readonly start: number
  /** Without the newline. */
  readonly end: number
  /** Where its marker begins, behind the spaces, and where its words begin. */
  readonly marker: number
  readonly words: number
  /** Undefined for a line that is no item. */
  readonly kind: ListKind | undefined
}

function lineAt({ text, marks }: RichText, offset: number): Line {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  const newline = text.indexOf('\n', offset)
  const end = newline === -1 ? text.length : newline
  const words = markerEnd(text, start, marks)
  let marker = start
  while (text[marker] === ' ') marker += 1
  if (words === start) return { start, end, marker, words, kind: undefined }
  return { start, end, marker, words, kind: /\d/.test(text.slice(marker, words)) ? 'number' : 'bullet' }
}

function linesOf(state: RichText, from: number, to: number): readonly Line[] {
  const lines: Line[] = []
  for (let at = from; ; ) {
    const line = lineAt(state, at)
    lines.push(line)
    if (line.end >= to) return lines
    at = line.end + 1
  }
}

/** What the selected lines are items of; undefined where they are not all of one kind. */
export function listKind(state: TextState): ListKind | undefined {
  const lines = itemLines(state)
  const kind = lines[0]?.kind
  return lines.every(line => line.kind === kind) ? kind : undefined
}

/** The lines that are selected, without the empty ones between others. */
function itemLines(state: TextState): readonly Line[] {
  const lines = linesOf(state, state.from, state.to)
  return lines.length === 1 ? lines : lines.filter(({ start, end }) => end > start)
}

/** `insert` in place of what is there, with the selection left where it was; within what is replaced it goes to its end. */
function replaced(state: TextState, at: number, remove: number, insert: string, style: number): TextState {
  const moved = (offset: number): number => {
    if (offset < at) return offset
    return Math.max(at, offset - remove) + insert.length
  }
  return { ...spliced(state, at, remove, insert, style), from: moved(state.from), to: moved(state.to) }
}

/** Does `change` to each of the lines, from the last to the first, so that offsets stay right. */
const eachLine = (
  state: TextState,
  lines: readonly Line[],
  change: (state: TextState, line: Line) => TextState,
): TextState => lines.reduceRight(change, state)

const marked = (state: TextState, line: Line, kind: ListKind | undefined): TextState =>
  replaced(state, line.marker, Math.max(0, line.words - line.marker), markerOf(kind), STYLE.list)

const markerOf = (kind: ListKind | undefined): string =>
  kind === undefined ? '' : kind === 'bullet' ? BULLET : '1. '

/** Makes the selected lines items of a list, or plain lines where they all are such items. */
export function listToggled(state: TextState, kind: ListKind): TextState {
  const lines = itemLines(state)
  const next = lines.every(line => line.kind === kind) ? undefined : kind
  return renumbered(eachLine(state, lines, (made, line) => marked(made, line, next)))
}

/** What a person types for an item: a dash, a star or `1.` and a space at the beginning of a line. */
const TYPED_MARKER = /^ *(?:([-*•])|1[.)]) $/

/** Makes what was just typed the marker of an item; undefined where it is none. */
export function markerTyped(state: TextState): TextState | undefined {
  const line = lineAt(state, state.to)
  const before = state.text.slice(line.start, state.to)
  const found = state.from === state.to && line.kind === undefined && TYPED_MARKER.exec(before)
  if (!found) return undefined
  const kind = found[1] === undefined ? 'number' : 'bullet'
  return renumbered(marked(state, { ...line, words: state.to }, kind))
}

/**
 * A new line, which is an item where the line before is one. In an item without words, the list ends instead. `style` is the
 * look of what is typed next.
 */
export function lineBroken(
  given: TextState,
  style: TextStyle = typedStyle(given, given.from, given.to),
): TextState {
  const state = erased(given)
  const line = lineAt(state, state.to)
  if (line.kind === undefined) return renumbered(replaced(state, state.to, 0, '\n', style))
  if (line.words === line.end) return line.marker > line.start ? shifted(state, -1) : plain(state, line)
  const at = Math.max(state.to, line.words)
  const broken = replaced({ ...state, from: at, to: at }, at, 0, '\n', 0)
  const indent = ' '.repeat(line.marker - line.start)
  const indented = replaced(broken, broken.to, 0, indent, 0)
  return renumbered(replaced(indented, indented.to, 0, markerOf(line.kind), STYLE.list))
}

/** Without the letters that are selected. */
const erased = (state: TextState): TextState =>
  state.from === state.to
    ? state
    : { ...spliced(state, state.from, state.to - state.from, ''), to: state.from }

const plain = (state: TextState, line: Line): TextState =>
  renumbered(replaced(state, line.start, line.words - line.start, '', 0))

/** Makes the item that the caret is at the beginning of a plain line; undefined where it is not. */
export function markerErased(state: TextState): TextState | undefined {
  const line = lineAt(state, state.to)
  const isThere =
    state.from === state.to && line.kind !== undefined && state.to > line.marker && state.to <= line.words
  return isThere ? plain(state, line) : undefined
}

/** Moves the selected items a level in, or out; undefined where none is selected. */
export function shiftedItems(state: TextState, by: 1 | -1): TextState | undefined {
  return linesOf(state, state.from, state.to).some(({ kind }) => kind !== undefined)
    ? shifted(state, by)
    : undefined
}

function shifted(state: TextState, by: 1 | -1): TextState {
  const items = linesOf(state, state.from, state.to).filter(({ kind }) => kind !== undefined)
  return renumbered(
    eachLine(state, items, (made, { start, marker }) =>
      by > 0
        ? replaced(made, start, 0, LEVEL, 0)
        : replaced(made, start, Math.min(LEVEL.length, marker - start), '', 0),
    ),
  )
}

/** Without the marks of markers that something was typed before. */
const withoutStrays = (state: TextState): TextState =>
  state.marks
    .filter(({ from, style }) => (style & STYLE.list) !== 0 && lineAt(state, from).words <= from)
    .reduce((made, { from, to }) => restyled(made, { from, to, style: STYLE.list, on: false }), state)

/** Numbers that count: each level of a list from one, anew behind a line that is no item. */
export function renumbered(given: TextState): TextState {
  if (!given.marks.some(({ style }) => (style & STYLE.list) !== 0)) return given
  const state = withoutStrays(given)
  const counts: { readonly indent: number; count: number }[] = []
  const wrong: { readonly line: Line; readonly insert: string }[] = []
  for (const line of linesOf(state, 0, state.text.length)) {
    if (line.kind === undefined) counts.length = 0
    if (line.kind === undefined) continue
    const indent = line.marker - line.start
    while ((counts.at(-1)?.indent ?? -1) > indent) counts.pop()
    if (counts.at(-1)?.indent !== indent) counts.push({ indent, count: 0 })
    const level = counts.at(-1)
    if (!level) continue
    level.count = line.kind === 'number' ? level.count + 1 : 0
    const insert = `${level.count}. `
    if (line.kind === 'number' && state.text.slice(line.marker, line.words) !== insert)
      wrong.push({ line, insert })
  }
  return wrong.reduceRight(
    (made, { line, insert }) => replaced(made, line.marker, line.words - line.marker, insert, STYLE.list),
    state,
  )
}
