import { type Box, centreOf } from '../../../shared/geometry/box.ts'
import type { LineWidth } from '../../../shared/geometry/text.ts'
import { shapeBounds } from '../../../shared/shapes/index.ts'
import { type Table, table, tableBox, tableLayout } from '../../../shared/shapes/table.ts'
import { type CellPlace, cellText, gridOf } from '../../../shared/shapes/table-text.ts'
import type { Camera } from '../../editor/types.ts'
import type { Theme } from '../../render/colour.ts'
import { partOf, placedBlock } from '../../render/text-block.ts'
import { blockFrame, type TextFrame } from './text-frame.ts'

/** Where a textarea lies exactly on the letters of a cell; `typed` is what it says in place of what the board has. */
export function cellFrame(
  shape: Table,
  at: CellPlace,
  typed: string | undefined,
  camera: Camera,
  lineWidth: LineWidth,
  theme: Theme,
): TextFrame {
  const cell = gridOf(shape.text)[at.row]?.[at.column]
  const part = table.textParts?.(shape, lineWidth).find(({ from }) => from === cell?.from)
  // An empty text has no lines, but a caret still needs one.
  const text = (typed ?? cellText(shape.text, at)) || ' '
  const block = part && placedBlock({ ...partOf(shape, part.from, part.to), text }, part.place, lineWidth)
  return blockFrame(shape, block, camera, lineWidth, theme)
}

/** CSS pixels: the bar above a table with the gap below it, and what it keeps free of others. */
const BAR_REACH = 52
const BAR_WIDTH = 240
const LEAST_TOP = 64

type Style = Readonly<Record<string, string>>

/** Where the table, the cell and a bar above both are on the screen. */
export function sheetFrame(
  shape: Table,
  { row, column }: CellPlace,
  camera: Camera,
  lineWidth: LineWidth,
): { readonly sheet: Style; readonly cell: Style; readonly bar: Style } {
  const box = tableBox(shape, lineWidth)
  const { xs, ys } = tableLayout(shape, lineWidth)
  const [x = 0, y = 0] = [xs[column], ys[row]]
  const cell = {
    x: box.x + x,
    y: box.y + y,
    w: (xs[column + 1] ?? x) - x,
    h: (ys[row + 1] ?? y) - y,
  }
  const bounds = shapeBounds(shape, lineWidth)
  const top = (bounds.y - camera.y) * camera.zoom - BAR_REACH
  return {
    sheet: placed(box, box, shape.rot, camera),
    cell: placed(cell, box, shape.rot, camera),
    bar: {
      left: `clamp(8px, ${(bounds.x - camera.x) * camera.zoom}px, calc(100% - ${BAR_WIDTH}px))`,
      top: `clamp(${LEAST_TOP}px, ${top}px, calc(100% - ${LEAST_TOP}px))`,
    },
  }
}

/** A part of a shape that is turned about the middle of `whole`. */
function placed(part: Box, whole: Box, rot: number, { x, y, zoom }: Camera): Style {
  const [cx, cy] = centreOf(whole)
  return {
    width: `${part.w * zoom}px`,
    height: `${part.h * zoom}px`,
    transform:
      `translate(${(cx - x) * zoom}px, ${(cy - y) * zoom}px) rotate(${rot}rad) ` +
      `translate(${(part.x - cx) * zoom}px, ${(part.y - cy) * zoom}px)`,
  }
}
