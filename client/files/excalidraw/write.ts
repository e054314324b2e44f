import type { LineWidth } from '../../../shared/geometry/text.ts'
import { sub, type Vec } from '../../../shared/geometry/vec.ts'
import { resolveArrow } from '../../../shared/shapes/arrow-binding.ts'
import { type KnownShape, shapeMoved } from '../../../shared/shapes/index.ts'
import { base64Of } from '../base64.ts'
import { newReading } from '../excalidraw.ts'
import { elementsOf } from './elements.ts'
import type { Json, Writing } from './keys.ts'
import { type Entry, entriesOf, groupNames, keyOf, type Names, namesOf } from './names.ts'
import { indexed, laidOver } from './over.ts'
import { marked } from './own.ts'
import { readScene } from './scene.ts'

export interface SceneOptions {
  readonly lineWidth: LineWidth
}

export interface Scene {
  readonly elements: readonly Json[]
  /** The asset of each image, by the name that its element has for it. */
  readonly assets: ReadonlyMap<string, string>
}

/**
 * The shapes, the bottom one first, as elements of Excalidraw. A shape that was read from such an element says all of that again but
 * for what is other by now, and lies where it lay there, as do the others beside it.
 */
export function writeElements(shapes: readonly KnownShape[], options: SceneOptions): Scene {
  const entries = entriesOf(routed(shapes, options.lineWidth))
  const base = readAgain(entries, options)
  const moved = entries.map(({ shape, source }) => {
    const pos = sub(shape.pos, base.offset)
    return { shape: { ...shape, ...shapeMoved(shape, sub(pos, shape.pos)) }, source }
  })
  const names = namesOf(entries, groupNames(entries, base.shapes, base.groups))
  const writing = writingOf(moved, names, options.lineWidth)
  const written = moved.map(({ shape, source }): Written => {
    const fresh = elementsOf(shape, writing)
    const before = source && base.elements.get(keyOf(source))
    if (!source || !before) return { shape, elements: source ? fresh : marked(shape, fresh) }
    return {
      shape,
      elements: fresh.flatMap((element, i): readonly Json[] => {
        const laid = laidOver(source, i, before[i], element, shape)
        return laid ? [laid] : []
      }),
    }
  })
  const assets = new Map(
    written.flatMap(({ shape, elements }) =>
      shape.type === 'image' ? [[String(elements[0]?.fileId), shape.asset] as const] : [],
    ),
  )
  return { elements: indexed(framesLast(written)), assets }
}

interface Written {
  readonly shape: KnownShape
  readonly elements: readonly Json[]
}

/** What the sources of shapes alone would give: the shapes as they were read, and their elements as we would write them. */
function readAgain(entries: readonly Entry[], { lineWidth }: SceneOptions) {
  const reading = newReading(lineWidth, { used: new Map(), nameOf: () => '0'.repeat(64) })
  const sources = entries.flatMap(({ source }) => source ?? [])
  const raw: readonly unknown[] = sources.flatMap(source => source.elements)
  const read = routed(readScene(raw, reading), lineWidth)
  const baseEntries = entriesOf(read)
  const fileGroups = new Map([...reading.groups].map(([name, group]) => [group, name]))
  const writing = writingOf(baseEntries, namesOf(baseEntries, withoutBonds(read, fileGroups)), lineWidth)
  const keyed = baseEntries.flatMap(({ shape, source }) => (source ? [[keyOf(source), shape] as const] : []))
  const shapes = new Map(keyed)
  const elements = new Map(keyed.map(([key, shape]) => [key, elementsOf(shape, writing)]))
  return { shapes, elements, groups: fileGroups, offset: offsetOf(entries, shapes) }
}

/** With arrows that run where their ends are held, as a board shows them. */
function routed(shapes: readonly KnownShape[], lineWidth: LineWidth): readonly KnownShape[] {
  const byId = new Map(shapes.map(shape => [shape.id, shape]))
  return shapes.map(shape =>
    shape.type === 'arrow' ? resolveArrow(shape, id => byId.get(id), lineWidth) : shape,
  )
}

/** The names of groups, empty for those that the file does not know. */
function withoutBonds(
  shapes: readonly KnownShape[],
  fileGroups: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(shapes.flatMap(({ groups }) => groups.map(group => [group, fileGroups.get(group) ?? ''])))
}

/** Steps of a world unit in which two shapes have moved together. */
const TOGETHER = 64

/** By how much most shapes were moved since they were read: a drawing goes where there is room for it. */
function offsetOf(entries: readonly Entry[], base: ReadonlyMap<string, KnownShape>): Vec {
  const counts = new Map<string, { count: number; offset: Vec }>()
  let most: { count: number; offset: Vec } = { count: 0, offset: [0, 0] }
  for (const { shape, source } of entries) {
    const read = source && base.get(keyOf(source))
    if (!read) continue
    const offset = sub(shape.pos, read.pos)
    const key = offset.map(n => Math.round(n * TOGETHER)).join()
    const entry = counts.get(key) ?? { count: 0, offset }
    entry.count += 1
    counts.set(key, entry)
    if (entry.count > most.count) most = entry
  }
  return most.offset
}

function writingOf(entries: readonly Entry[], names: Names, lineWidth: LineWidth): Writing {
  const bound = new Map<string, Json[]>()
  const add = (shape: string, item: Json) => bound.set(shape, [...(bound.get(shape) ?? []), item])
  for (const { shape } of entries) {
    const isLettered = shape.type !== 'text' && 'text' in shape && shape.text !== ''
    if (isLettered) add(shape.id, { type: 'text', id: names.label(shape.id) })
    if (shape.type !== 'arrow') continue
    const ends = new Set([shape.start?.[0], shape.end?.[0]])
    for (const end of ends) {
      if (end !== undefined && names.id(end) !== undefined)
        add(end, { type: 'arrow', id: names.id(shape.id) })
    }
  }
  return { names, lineWidth, bound }
}

/** Frames come after what lies in them. */
function framesLast(written: readonly Written[]): readonly Json[] {
  const last = new Map<string, number>()
  for (const [i, { shape }] of written.entries()) last.set(shape.frame, i)
  const order = written.map((item, i) => ({
    ...item,
    at: item.shape.type === 'frame' ? Math.max(i, (last.get(item.shape.id) ?? i) + 0.5) : i,
  }))
  order.sort((a, b) => a.at - b.at)
  return order.flatMap(({ elements }) => elements)
}

/** What the files name as the program that made them. */
const SOURCE = 'driftboard'

/** A stored image, for the `files` of a drawing. */
export interface FileImage {
  readonly mime: string
  readonly bytes: Uint8Array
}

/** A whole `.excalidraw` file. `images` are the bytes of the shapes' images, by their assets. */
export function writeExcalidraw(
  shapes: readonly KnownShape[],
  images: ReadonlyMap<string, FileImage>,
  options: SceneOptions,
): string {
  const { elements, assets } = writeElements(shapes, options)
  const files = [...assets].flatMap(([id, asset]) => {
    const image = images.get(asset)
    if (!image) return []
    const dataURL = `data:${image.mime};base64,${base64Of(image.bytes)}`
    return [[id, { id, mimeType: image.mime, dataURL, created: 1 }] as const]
  })
  return JSON.stringify(
    {
      type: 'excalidraw',
      version: 2,
      source: SOURCE,
      elements,
      appState: { gridSize: null, viewBackgroundColor: '#ffffff' },
      files: Object.fromEntries(files),
    },
    null,
    2,
  )
}

/** A part of a library: what belongs together. */
export interface LibraryItem {
  readonly id: string
  readonly name: string
  readonly shapes: readonly KnownShape[]
}

/** A whole `.excalidrawlib` file. `created` in ms since the epoch. */
export function writeExcalidrawlib(
  items: readonly LibraryItem[],
  created: number,
  options: SceneOptions,
): string {
  const libraryItems = items.map(({ id, name, shapes }) => ({
    id,
    status: 'unpublished',
    created,
    name,
    elements: writeElements(shapes, options).elements,
  }))
  return JSON.stringify({ type: 'excalidrawlib', version: 2, source: SOURCE, libraryItems }, null, 2)
}
