import { type Box, centreOf } from '../../shared/geometry/box.ts'
import { LINE_HEIGHT, type LineWidth, runsLeft } from '../../shared/geometry/text.ts'
import type { Lettered, TextPart } from '../../shared/shapes/common.ts'
import { type Shape, shapeBox, shapeTextParts } from '../../shared/shapes/index.ts'
import {
  lineStart,
  lineTop,
  partOf,
  placedBlock,
  type TextBlock,
  textBlock,
  widthOfLine,
} from './text-block.ts'

/** A caret and a selection in a text, relative to the `pos` of the shape, rotation left out; world units. */
export interface CaretPlace {
  readonly x: number
  readonly y: number
  readonly height: number
  /** One for each line that has a part of the selection. */
  readonly selected: readonly Box[]
}

/** Where the block with that text has the caret at `focus`, and the selection from `anchor` (UTF-16 offsets). */
export function caretPlace(
  block: TextBlock,
  text: string,
  { anchor, focus }: { readonly anchor: number; readonly focus: number },
  lineWidth: LineWidth,
): CaretPlace {
  const starts = block.marked?.map(({ from }) => from) ?? lineStarts(text, block.lines)
  const height = block.fontSize * LINE_HEIGHT
  const lineOf = (offset: number) =>
    Math.max(
      0,
      starts.findLastIndex(start => start <= offset),
    )
  const xAt = (line: number, offset: number) =>
    lineStart(block, widthOfLine(block, line, lineWidth)) +
    (block.marked
      ? xInRuns(block, line, offset, lineWidth)
      : lineWidth(text.slice(starts[line] ?? 0, offset), block.font) * block.fontSize)
  const from = Math.min(anchor, focus)
  const to = Math.max(anchor, focus)
  const selected: Box[] = []
  for (let line = lineOf(from); from < to && line <= lineOf(to); line++) {
    const start = Math.max(from, starts[line] ?? 0)
    const end = Math.min(to, (starts[line] ?? 0) + (block.lines[line]?.length ?? 0))
    if (end <= start) continue
    const ends = [xAt(line, start), xAt(line, end)]
    const x = Math.min(...ends)
    selected.push({ x, y: lineTop(block, line), w: Math.max(...ends) - x, h: height })
  }
  const line = lineOf(focus)
  return { x: xAt(line, focus), y: lineTop(block, line), height, selected }
}

/** How far a place in a line of runs is from where the line begins; world units. */
function xInRuns(block: TextBlock, line: number, offset: number, lineWidth: LineWidth): number {
  const { font, fontSize } = block
  const runs = block.marked?.[line]?.runs ?? []
  const run = runs.findLast(({ from }) => from < offset) ?? runs[0]
  if (!run) return 0
  const before = lineWidth(run.text.slice(0, Math.max(0, offset - run.from)), font, run.style) * fontSize
  return runsLeft(block.lines) ? run.x + run.w - before : run.x + before
}

/**
 * The offsets at which the lines of a laid-out text begin: a line ends with the newline, or before the white space that hangs
 * over its end.
 */
export function lineStarts(text: string, lines: readonly string[]): readonly number[] {
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += line.length
    while (at < text.length && text[at] !== '\n' && /\s/.test(text[at] as string)) at++
    if (text[at] === '\n') at++
  }
  return starts
}

/** The text of a shape and where it stands, also when it is empty; undefined for a shape that has none. */
export function caretIn(
  shape: Shape,
  range: { readonly anchor: number; readonly focus: number },
  lineWidth: LineWidth,
): (CaretPlace & { readonly centre: readonly [number, number] }) | undefined {
  if (!('text' in shape)) return undefined
  const part = shapeTextParts(shape, lineWidth)?.findLast(({ from }) => from <= range.focus)
  if (part) return caretInPart(shape, part, range, lineWidth)
  const lettered = { ...shape, text: shape.text || ' ' }
  const block = textBlock(lettered, lineWidth)
  if (!block) return undefined
  const clamp = (offset: number) => Math.min(offset, shape.text.length)
  const inText = { anchor: clamp(range.anchor), focus: clamp(range.focus) }
  const centre = centreOf(shapeBox(shape, lineWidth))
  return { ...caretPlace(block, lettered.text, inText, lineWidth), centre }
}

/** As `caretIn`, where the text stands in several places: in that of the caret. */
function caretInPart(
  shape: Shape & Lettered,
  { from, to, place }: TextPart,
  range: { readonly anchor: number; readonly focus: number },
  lineWidth: LineWidth,
): CaretPlace & { readonly centre: readonly [number, number] } {
  const part = partOf(shape, from, to)
  const text = part.text || ' '
  const clamp = (offset: number) => Math.max(0, Math.min(offset, to) - from)
  const block = placedBlock({ ...part, text }, place, lineWidth)
  const inText = { anchor: clamp(range.anchor), focus: clamp(range.focus) }
  return {
    ...caretPlace(block, text, inText, lineWidth),
    centre: centreOf(shapeBox(shape, lineWidth)),
  }
}
