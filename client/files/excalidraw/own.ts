import * as v from 'valibot'
import type { LineWidth } from '../../../shared/geometry/text.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { plainKeys, shapeOfKeys } from '../plain-shape.ts'
import type { Item } from './bonds.ts'
import { elementsOf } from './elements.ts'
import type { Json, Writing } from './keys.ts'

/*
 * What Excalidraw has not, such as a sticky note or a table, is written as elements that look like it. The first of them carries the
 * keys of our shape in `customData`, which Excalidraw keeps, and the others say which part they are. Where none of them was changed
 * there but moved all together, they are the shape again.
 */

/** The types that Excalidraw has itself. What these are read from says all of them. */
const SHARED: ReadonlySet<string> = new Set([
  ...['rectangle', 'ellipse', 'diamond', 'line', 'arrow', 'ink', 'text', 'image', 'frame', 'page'],
])

/** Said by the elements around it: as they are there, they stay. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set([
  ...['id', 'z', 'groups', 'frame', 'page', 'link', 'locked', 'opacity', 'hidden', 'source'],
])

/** The elements of a shape, with what they are to us. */
export function marked(shape: KnownShape, elements: readonly Json[]): readonly Json[] {
  if (SHARED.has(shape.type)) return elements
  const keys = Object.entries(plainKeys(shape)).filter(([key]) => !SAID_ELSEWHERE.has(key))
  return elements.map((element, i) => ({
    ...element,
    customData: {
      driftboard: { ...saidIn(element), ...(i === 0 ? { shape: Object.fromEntries(keys) } : { part: i }) },
    },
  }))
}

/** What an element has to say to us already, such as the marks of its letters. */
const saidIn = ({ customData }: Json): Json | undefined =>
  (customData as { readonly driftboard?: Json } | undefined)?.driftboard

const markSchema = v.object({
  customData: v.object({
    driftboard: v.union([
      v.object({ shape: v.record(v.string(), v.unknown()) }),
      v.object({ part: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    ]),
  }),
})

/** The shapes that elements were written for, by the item that carries the keys; and the items that are parts of them. */
export interface Own {
  readonly shapes: ReadonlyMap<Item, KnownShape>
  readonly parts: ReadonlySet<Item>
}

/** Finds what of a file is ours and was not changed since. */
export function ownShapes(items: readonly Item[], lineWidth: LineWidth): Own {
  const marks = items.map(({ raw }) => v.safeParse(markSchema, raw))
  const shapes = new Map<Item, KnownShape>()
  const parts = new Set<Item>()
  if (!marks.some(({ success }) => success)) return { shapes, parts }
  const belonging = partsBy(
    items,
    marks.map(mark => (mark.success ? partOf(mark.output) : undefined)),
  )
  for (const [i, item] of items.entries()) {
    const mark = marks[i]
    if (!mark?.success || !('shape' in mark.output.customData.driftboard)) continue
    const { id, groupIds } = item.element
    const own = [...(belonging.get(`in ${id}`) ?? []), ...(belonging.get(`with ${groupIds[0]}`) ?? [])]
    const found = [...new Map(own.map(part => [part.item, part])).values()].sort((a, b) => a.part - b.part)
    const shape = restored(item, mark.output.customData.driftboard.shape, found, lineWidth)
    if (!shape) continue
    shapes.set(item, shape)
    for (const part of found) parts.add(part.item)
  }
  return { shapes, parts }
}

const partOf = ({ customData: { driftboard } }: v.InferOutput<typeof markSchema>): number | undefined =>
  'part' in driftboard ? driftboard.part : undefined

interface Part {
  readonly item: Item
  /** Which of the elements of its shape it was. */
  readonly part: number
}

/** The parts in each container and in each innermost group: those are named anew when somebody copies a shape there. */
function partsBy(
  items: readonly Item[],
  parts: readonly (number | undefined)[],
): ReadonlyMap<string, readonly Part[]> {
  const found = new Map<string, Part[]>()
  const add = (key: string, part: Part) => found.set(key, [...(found.get(key) ?? []), part])
  for (const [i, item] of items.entries()) {
    const part = parts[i]
    if (part === undefined) continue
    const { containerId, groupIds } = item.element
    if (containerId !== null) add(`in ${containerId}`, { item, part })
    if (groupIds[0] !== undefined) add(`with ${groupIds[0]}`, { item, part })
  }
  return found
}

/** Undefined where anything is other than we would write it. */
function restored(
  item: Item,
  keys: Readonly<Record<string, unknown>>,
  parts: readonly Part[],
  lineWidth: LineWidth,
): KnownShape | undefined {
  if (typeof keys.type !== 'string' || SHARED.has(keys.type)) return undefined
  const read = shapeOfKeys(item.id, { ...keys, z: 'a0' })
  if (!read || SHARED.has(read.type)) return undefined
  const { opacity, locked, link } = item.look
  const candidate: KnownShape = { ...read, ...{ opacity, locked, link } }
  const written = elementsOf(candidate, writingOf(lineWidth))
  const [main, ...others] = written
  if (!main || others.length !== parts.length) return undefined
  const raw = item.raw as Json
  const by = [numberOf(raw.x) - numberOf(main.x), numberOf(raw.y) - numberOf(main.y)] as const
  const isWhole =
    isAsWritten(raw, main, by) &&
    parts.every(
      ({ part, item: other }, i) => part === i + 1 && isAsWritten(other.raw as Json, others[i] ?? {}, by),
    )
  if (!isWhole) return undefined
  const pos = [candidate.pos[0] + by[0], candidate.pos[1] + by[1]] as const
  return { ...candidate, pos, groups: withoutInner(item, main) }
}

/** The group that holds the parts together is the innermost, and holds nothing else. */
const withoutInner = ({ look: { groups } }: Item, { groupIds }: Json): readonly string[] =>
  Array.isArray(groupIds) && groupIds.length > 0 ? groups.slice(1) : groups

const writingOf = (lineWidth: LineWidth): Writing => ({
  lineWidth,
  bound: new Map(),
  names: { id: id => id, label: id => `${id}-label`, group: () => undefined },
})

/** World units by which letters may lie elsewhere: Excalidraw measures them anew, in fonts of its own. */
const UNSEEN = 4

const KEYS = [
  ...['type', 'width', 'height', 'angle', 'strokeColor', 'backgroundColor', 'fillStyle', 'strokeWidth'],
  ...['strokeStyle', 'roughness', 'opacity', 'fontSize', 'fontFamily', 'points'],
] as const

/** Whether an element is as it was written, but for lying elsewhere `by` as much as the others. */
function isAsWritten(raw: Json, written: Json, by: readonly [number, number]): boolean {
  const isText = written.type === 'text'
  const isBound = isText && typeof written.containerId === 'string'
  const isPlaced = (['x', 'y'] as const).every(
    (key, k) => isBound || Math.abs(numberOf(raw[key]) - numberOf(written[key]) - (by[k] ?? 0)) <= UNSEEN,
  )
  const isMeasured = (key: string) => isText && (key === 'width' || key === 'height')
  const said = typeof raw.originalText === 'string' ? raw.originalText : raw.text
  return (
    isPlaced &&
    (!isText || said === (written.originalText ?? written.text)) &&
    KEYS.every(key => isMeasured(key) || isClose(raw[key], written[key]))
  )
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN)

function isClose(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 0.01
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, i) => isClose(each, b[i]))
  return a === b || (a === undefined && b === undefined)
}
