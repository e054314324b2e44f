import * as Y from 'yjs'
import { LIMITS } from '../schema/limits.ts'
import { invalid, tooLarge } from './refusal.ts'

/** The formats of letters: bold, italic, struck through, the marker of a list's item. */
const FORMATS: ReadonlySet<string> = new Set(['b', 'i', 's', 'l'])

/** Whether letters may have this attribute. */
export const isFormat = (key: string, value: unknown): boolean => FORMATS.has(key) && value === true

/** Throws ProtocolError for a format that is neither the beginning nor the end of a look. */
export function checkFormat({ key, value }: Y.ContentFormat, where: string): void {
  const isEnd = (value as unknown) === null && FORMATS.has(key)
  if (!isEnd && !isFormat(key, value)) throw invalid('It is not a format of letters.', where)
}

/**
 * How many formats a text may take before they are counted again. To count them takes as long as the text has parts, and
 * nobody can make that happen often with little: each time stands for thousands that were sent.
 */
const room = new WeakMap<Y.AbstractType<unknown>, number>()

/** Formats. Even in a text that is nearly full, so many are taken between two counts. */
const LEAST_ROOM = LIMITS.mergedTextFormats / 10

/** Throws ProtocolError when a text, which is in a document or comes with the update, has no room for `added` more formats. */
export function checkFormats(text: Y.AbstractType<unknown>, added: number, where: string): void {
  let left = room.get(text) ?? 0
  if (added > left && added <= LIMITS.mergedTextFormats) {
    const free = LIMITS.mergedTextFormats - formatsIn(text)
    left = free >= added ? Math.max(free, LEAST_ROOM) : 0
  }
  if (added > left) throw tooLarge('A text changes its look too often.', where)
  room.set(text, left - added)
}

function formatsIn(text: Y.AbstractType<unknown>): number {
  let count = 0
  for (let item = text._start; item; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentFormat) count += 1
  }
  return count
}
