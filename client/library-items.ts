import type { KnownShape } from '../shared/shapes/index.ts'
import { boardText } from './board/preview-text.ts'
import type { KeptDrawing } from './board/shape-library.ts'

/** The name of its database; too short to be the id of a board. */
export const LIBRARY_NAME = 'shapes'

/** What a library on this device takes: all of it is in memory while its panel is open. */
export const LIBRARY_LIMITS = {
  items: 1_000,
  /** UTF-16 code units of the shapes of an item. */
  text: 2_000_000,
  /** Bytes of the images of an item. */
  images: 4 * 2 ** 20,
  /** UTF-16 code units. */
  name: 100,
} as const

type Given = Pick<KeptDrawing, 'name' | 'text' | 'images'>

interface Made {
  /** To be added; those that are there already are not among them. */
  readonly drawings: readonly KeptDrawing[]
  /** Why none are; empty when nothing is wrong. */
  readonly problem: string
}

/** New items, the first of which is listed first. All of them or none. */
export function newDrawings(
  given: readonly Given[],
  held: readonly Pick<KeptDrawing, 'text'>[],
  { now, newId }: { readonly now: number; newId(): string },
): Made {
  const known = new Set(held.map(({ text }) => text))
  const fresh = given.filter(({ text }) => !known.has(text) && known.add(text))
  const problem = problemOf(fresh, held.length)
  if (problem !== '') return { drawings: [], problem }
  const drawings = fresh.map((item, i): KeptDrawing => {
    const name = item.name.slice(0, LIBRARY_LIMITS.name)
    return { ...item, name, id: newId(), order: now - i / fresh.length }
  })
  return { drawings, problem }
}

/**
 * Those of a backup that the library lacks, by their ids and by what they are, as many as it has room for. An image that `isImage`
 * does not know is not taken.
 */
export function missingDrawings(
  given: readonly KeptDrawing[],
  held: readonly Pick<KeptDrawing, 'id' | 'text'>[],
  isImage: (bytes: Uint8Array) => boolean,
): readonly KeptDrawing[] {
  const ids = new Set(held.map(({ id }) => id))
  const texts = new Set(held.map(({ text }) => text))
  return given
    .filter(item => !ids.has(item.id) && ids.add(item.id) && !texts.has(item.text) && texts.add(item.text))
    .filter(
      ({ text, images }) => text.length <= LIBRARY_LIMITS.text && bytesOf(images) <= LIBRARY_LIMITS.images,
    )
    .slice(0, Math.max(0, LIBRARY_LIMITS.items - held.length))
    .map(item => ({
      ...item,
      name: item.name.slice(0, LIBRARY_LIMITS.name),
      images: Object.fromEntries(Object.entries(item.images).filter(([, bytes]) => isImage(bytes))),
    }))
}

function problemOf(fresh: readonly Given[], held: number): string {
  if (held + fresh.length > LIBRARY_LIMITS.items) {
    const most = LIBRARY_LIMITS.items.toLocaleString('en')
    return `The library holds ${most} items at most, and these would be ${(held + fresh.length).toLocaleString('en')}. Remove some first.`
  }
  const large = fresh.find(({ text }) => text.length > LIBRARY_LIMITS.text)
  if (large) return `“${large.name}” is too large for the library. Add a part of it.`
  const pictured = fresh.find(({ images }) => bytesOf(images) > LIBRARY_LIMITS.images)
  if (!pictured) return ''
  const most = LIBRARY_LIMITS.images / 2 ** 20
  return `The images of “${pictured.name}” are larger than the ${most} MB that an item of the library takes.`
}

const bytesOf = (images: KeptDrawing['images']): number =>
  Object.values(images).reduce((sum, bytes) => sum + bytes.length, 0)

/** UTF-16 code units that fit under a picture. */
const SHORT = 40

/** What is written in them at the top, else what they are. */
export function nameFor(
  shapes: readonly KnownShape[],
  tools: readonly { readonly name: string; readonly title: string }[],
): string {
  const [line = ''] = boardText(shapes).split('\n')
  if (line.length > SHORT) return `${line.slice(0, SHORT - 1).trimEnd()}…`
  if (line !== '') return line
  const [only, ...others] = shapes
  if (only && others.length === 0) return tools.find(({ name }) => name === only.type)?.title ?? 'Drawing'
  return `${shapes.length.toLocaleString('en')} shapes`
}
