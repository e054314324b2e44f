import * as v from 'valibot'
import { type Box, unionOf } from '../../shared/geometry/box.ts'
import { type KnownShape, shapeBounds, shapeMoved } from '../../shared/shapes/index.ts'
import { DRAWING_KINDS } from './accept.ts'
import { FileError } from './error.ts'
import { type Reading, readScene, writable } from './excalidraw/scene.ts'
import { nested } from './excalidraw/style.ts'
import { imported, newReading, refuseTooMany } from './excalidraw.ts'
import type { FileFormat } from './imported.ts'

const elements = v.array(v.unknown())
const item = v.union([
  // Version 1 of the format: an item is its elements.
  v.pipe(
    elements,
    v.transform(list => ({ elements: list, name: '' })),
  ),
  v.object({ elements, name: v.fallback(v.string(), '') }),
])

/** Version 1 keeps its items in `library`, version 2 in `libraryItems`. */
const schema = v.pipe(
  v.union([v.object({ libraryItems: v.array(v.unknown()) }), v.object({ library: v.array(v.unknown()) })]),
  v.transform(file => ('libraryItems' in file ? file.libraryItems : file.library)),
)

/** Libraries of Excalidraw: all items, laid out in a grid, each in a group of its own. */
export const excalidrawlib: FileFormat = {
  ...DRAWING_KINDS.excalidrawlib,

  recognises: json =>
    v.is(v.looseObject({ type: v.literal('excalidrawlib') }), json) ||
    (v.is(v.looseObject({ type: v.optional(v.never()) }), json) && v.is(schema, json)),

  read(json, lineWidth) {
    const parsed = v.safeParse(schema, json)
    if (!parsed.success) {
      throw new FileError(
        'This library has no list of items.',
        'libraryItems',
        'Save it again in Excalidraw, and open that.',
      )
    }
    const reading = newReading(lineWidth)
    const items = itemsOf(parsed.output, reading)
    refuseTooMany(items.reduce((sum, list) => sum + list.length, 0))
    const tiles = items.flatMap(list => tileOf(list, reading))
    return imported(writable(grid(tiles), reading.tally), reading)
  },
}

function itemsOf(raw: readonly unknown[], { tally }: Reading): readonly (readonly unknown[])[] {
  return raw.flatMap(candidate => {
    const parsed = v.safeParse(item, candidate)
    if (!parsed.success) tally.add('broken')
    else if (parsed.output.name.trim() !== '') tally.add('itemName')
    return parsed.success ? [parsed.output.elements] : []
  })
}

interface Tile {
  readonly shapes: readonly KnownShape[]
  readonly bounds: Box
}

/** One item, in a group that keeps it together; none when nothing of it can be shown. */
function tileOf(list: readonly unknown[], reading: Reading): Tile[] {
  const shapes = readScene(list, reading)
  const bounds = unionOf(shapes.map(shape => shapeBounds(shape, reading.lineWidth)))
  if (!bounds) return []
  if (shapes.length === 1) return [{ shapes, bounds }]
  const group = reading.newGroup()
  const grouped = shapes.map(shape => ({ ...shape, groups: nested([...shape.groups, group], reading.tally) }))
  return [{ shapes: grouped, bounds }]
}

/** World units between the items. */
const GAP = 40

/** Row by row, about as wide as it has rows, each item in the middle of its cell. */
function grid(tiles: readonly Tile[]): KnownShape[] {
  const columns = Math.ceil(Math.sqrt(tiles.length))
  const widths = new Map<number, number>()
  const heights = new Map<number, number>()
  for (const [i, { bounds }] of tiles.entries()) {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    widths.set(column, Math.max(widths.get(column) ?? 0, bounds.w))
    heights.set(row, Math.max(heights.get(row) ?? 0, bounds.h))
  }
  const lefts = startsOf([...widths.values()])
  const tops = startsOf([...heights.values()])
  return tiles.flatMap(({ shapes, bounds }, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    const x = (lefts[column] ?? 0) + ((widths.get(column) ?? 0) - bounds.w) / 2
    const y = (tops[row] ?? 0) + ((heights.get(row) ?? 0) - bounds.h) / 2
    return shapes.map(shape => ({ ...shape, ...shapeMoved(shape, [x - bounds.x, y - bounds.y]) }))
  })
}

/** Where each of `lengths` begins when they are laid one after another with gaps. */
function startsOf(lengths: readonly number[]): readonly number[] {
  const starts: number[] = []
  let at = 0
  for (const length of lengths) {
    starts.push(at)
    at += length + GAP
  }
  return starts
}
