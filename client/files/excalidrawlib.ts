import * as v from 'valibot'
import { type Box, unionOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { type KnownShape, shapeBounds, shapeMoved } from '../../shared/shapes/index.ts'
import { DRAWING_KINDS } from './accept.ts'
import { FileError } from './error.ts'
import { type Reading, readScene, writable } from './excalidraw/scene.ts'
import { nested } from './excalidraw/style.ts'
import { imported, newReading, refuseTooMany } from './excalidraw.ts'
import type { FileFormat } from './imported.ts'
import type { Notice, Tally } from './notices.ts'

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
    const reading = newReading(lineWidth)
    const items = itemsOf(listOf(json), reading.tally)
    for (const { name } of items) if (name.trim() !== '') reading.tally.add('itemName')
    const tiles = items.flatMap(({ elements }) => tileOf(elements, reading))
    return imported(writable(grid(tiles), reading.tally), reading)
  },
}

/** One item of a library, its corner at the origin. */
export interface NamedItem {
  readonly name: string
  readonly shapes: readonly KnownShape[]
}

/** The items by themselves, for a library of the person's own. Throws a FileError when there are none to be found. */
export function readLibrary(
  json: unknown,
  lineWidth: LineWidth,
): { readonly items: readonly NamedItem[]; readonly notices: readonly Notice[] } {
  const { tally } = newReading(lineWidth)
  const items = itemsOf(listOf(json), tally).flatMap(({ name, elements }): readonly NamedItem[] => {
    // Ids of its own, so that an item reads the same wherever it stands.
    const shapes = readScene(elements, { ...newReading(lineWidth), tally })
    const bounds = unionOf(shapes.map(shape => shapeBounds(shape, lineWidth)))
    if (!bounds) return []
    const placed = shapes.map(shape => ({ ...shape, ...shapeMoved(shape, [-bounds.x, -bounds.y]) }))
    return [{ name: name.trim(), shapes: writable(placed, tally) }]
  })
  return { items: items.filter(({ shapes }) => shapes.length > 0), notices: tally.notices() }
}

function listOf(json: unknown): readonly unknown[] {
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return parsed.output
  throw new FileError(
    'This library has no list of items.',
    'libraryItems',
    'Save it again in Excalidraw, and open that.',
  )
}

function itemsOf(raw: readonly unknown[], tally: Tally): readonly v.InferOutput<typeof item>[] {
  const items = raw.flatMap(candidate => {
    const parsed = v.safeParse(item, candidate)
    if (!parsed.success) tally.add('broken')
    return parsed.success ? [parsed.output] : []
  })
  refuseTooMany(items.reduce((sum, { elements }) => sum + elements.length, 0))
  return items
}

interface Tile {
  readonly shapes: readonly KnownShape[]
  readonly bounds: Box
}

/** One item, in a group that keeps it together; none when nothing of it can be shown. */
function tileOf(list: readonly unknown[], reading: Reading): Tile[] {
  // The same name in another item is another group.
  reading.groups.clear()
  const shapes = readScene(list, reading)
  const bounds = unionOf(shapes.map(shape => shapeBounds(shape, reading.lineWidth)))
  if (!bounds) return []
  if (shapes.length === 1) return [{ shapes, bounds }]
  const group = reading.newId()
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
