import * as Y from 'yjs'
import { type Marks, NO_MARKS } from '../../shared/geometry/marks.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import type { RawKeys } from '../../shared/schema/migrations/migration.ts'
import { isStorable } from '../../shared/schema/prop.ts'
import { isDefault, propsOf, readShape, storedValue, writeError } from '../../shared/schema/read.ts'
import {
  isShapeType,
  type KnownShape,
  type Shape,
  type ShapePatch,
  type ShapeType,
} from '../../shared/shapes/index.ts'
import type { Edit } from './board.ts'
import { setKey } from './set-key.ts'
import { assertMarks, assertStyle, insertLetters, markLetters, marksOf, newText } from './text-marks.ts'

/** How a shape lies in the document: one Y.Map, whose keys merge independently. */
export type ShapeMap = Y.Map<unknown>

/** Reads the shape under `id`. Whatever another client put there, this returns a shape. */
export function readShapeMap(id: string, value: unknown): Shape {
  const shape = readShape(id, value instanceof Y.Map ? rawKeys(value) : new Map())
  const text = 'text' in shape ? textOf(value) : undefined
  const marks = text ? marksOf(text) : NO_MARKS
  return marks.length === 0 ? shape : ({ ...shape, marks } as Shape)
}

/** The keys of a shape as the document holds them, its texts as strings. */
export function rawKeys(map: ShapeMap): RawKeys {
  const type = map.get('type')
  const raw = new Map<string, unknown>()
  for (const [key, held] of map.entries()) {
    raw.set(key, isShapeType(type) && isTextKey(type, key) ? textOrInvalid(held) : held)
  }
  return raw
}

const isTextKey = (type: ShapeType, key: string): boolean =>
  Object.hasOwn(propsOf(type), key) && propsOf(type)[key]?.isText === true

/** Only a Y.Text merges by character, so a plain string in its place does not count as a text. */
const textOrInvalid = (held: unknown): unknown => (held instanceof Y.Text ? held.toString() : null)

/** The map that holds `shape`. Only what differs from the default is stored, but a text always is: two
 *  people who label a shape at once must find one Y.Text to write into. */
export function newShapeMap(shape: KnownShape): ShapeMap {
  const map: ShapeMap = new Y.Map()
  map.set('type', shape.type)
  for (const [key, value] of keysOf(shape)) {
    if (isTextKey(shape.type, key)) map.set(key, newText(String(value), marksIn(shape)))
    else if (!isDefault(shape.type, key, value)) map.set(key, storedValue(shape.type, key, value))
  }
  return map
}

/** Writes `patch`; a key that returns to its default is removed. */
export function patchShapeMap(map: ShapeMap, type: ShapeType, patch: ShapePatch): void {
  for (const [key, value] of Object.entries(patch)) {
    if (!isDefault(type, key, value)) setKey(map, key, storedValue(type, key, value))
    else if (map.has(key)) map.delete(key)
  }
}

/** The shape as its maker signs it. What keeps an author keeps the first; who brings it from elsewhere is none. */
export const signedShape = (shape: KnownShape, by: string, isAuthor: boolean): KnownShape =>
  isAuthor && 'author' in shape && shape.author === '' ? { ...shape, by, author: by } : { ...shape, by }

/** Notes who changed the shape last; an empty name for somebody who gave none. */
export function signShapeMap(map: ShapeMap, by: string): void {
  if ((map.get('by') ?? '') === by) return
  if (by === '') map.delete('by')
  else map.set('by', by)
}

/** Writes the keys that a shape must have and the map has lost, as `shape` has them. */
export function restoreKeys(map: ShapeMap | undefined, shape: KnownShape): void {
  if (map?.get('type') !== shape.type) return
  const props = propsOf(shape.type)
  for (const [key, value] of keysOf(shape)) {
    if (props[key]?.fallback === undefined && !map.has(key)) map.set(key, storedValue(shape.type, key, value))
  }
}

/** The text of a shape; undefined for what has none. */
export function textOf(map: unknown): Y.Text | undefined {
  const text: unknown = map instanceof Y.Map ? map.get('text') : undefined
  return text instanceof Y.Text ? text : undefined
}

/** Replaces characters of the shape's text; false when it has none or the place is no longer there. */
export function spliceText(map: ShapeMap, edit: Extract<Edit, { op: 'text' }>): boolean {
  const { at, remove, insert, style } = edit
  const text = textOf(map)
  if (!text || at > text.length) return false
  const removed = Math.min(remove, text.length - at)
  if (removed > 0) text.delete(at, removed)
  if (insert !== '') insertLetters(text, at, insert, style)
  return true
}

/** Marks characters of the shape's text; false when it has none there. */
export function markText(map: ShapeMap, edit: Extract<Edit, { op: 'mark' }>): boolean {
  const text = textOf(map)
  return text !== undefined && markLetters(text, edit)
}

/** Throws a RangeError when a new shape has a key that the schema refuses. It may be the copy of one whose text a merge made long. */
export function assertShape(shape: KnownShape): void {
  const props = propsOf(shape.type)
  for (const [key, value] of keysOf(shape)) {
    const p = isTextKey(shape.type, key) ? props[key] : undefined
    if (!p || !isStorable(p, value)) assertKey(shape.type, key, value)
  }
  if ('marks' in shape) assertMarks(marksIn(shape), 'text' in shape ? shape.text : '')
}

/** Throws a RangeError when a patch has a key that the schema refuses. Texts change by splices, never whole. */
export function assertPatch(type: ShapeType, patch: ShapePatch): void {
  for (const [key, value] of Object.entries(patch)) {
    if (isTextKey(type, key))
      throw new RangeError(`The ${key} of a ${type} changes by a text edit, not by a patch.`)
    assertKey(type, key, value)
  }
}

/** Throws a RangeError when a splice names no place in a text, or makes the text of `shape` too long. */
export function assertSplice(edit: Extract<Edit, { op: 'text' }>, shape: Shape | undefined): void {
  if (![edit.at, edit.remove].every(n => Number.isInteger(n) && n >= 0)) {
    throw new RangeError(`A text edit at ${edit.at} that removes ${edit.remove} characters is not valid.`)
  }
  assertStyle(edit.style ?? 0)
  const length = shape && 'text' in shape ? shape.text.length : 0
  const growth = edit.insert.length - Math.min(edit.remove, length)
  if (growth > 0 && length + growth > LIMITS.textLength) {
    throw new RangeError(`A text has at most ${LIMITS.textLength} characters.`)
  }
}

export function assertTitle(title: string): void {
  if (title.length > LIMITS.titleLength) {
    throw new RangeError(`A title has at most ${LIMITS.titleLength} characters.`)
  }
}

function assertKey(type: ShapeType, key: string, value: unknown): void {
  const wrong = writeError(type, key, value)
  if (wrong) throw new RangeError(wrong)
}

const keysOf = (shape: KnownShape): readonly [string, unknown][] =>
  Object.entries(shape).filter(([key]) => key !== 'id' && key !== 'type' && key !== 'marks')

const marksIn = (shape: KnownShape): Marks => ('marks' in shape && shape.marks) || NO_MARKS
