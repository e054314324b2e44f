import { generateKeyBetween } from 'fractional-indexing'
import { isOrderKey, keysAbove } from '../../../shared/schema/order.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { isLeftToShape, type Source } from '../source.ts'
import type { Json } from './keys.ts'
import { mergedData } from './marks.ts'

/**
 * Element `i` of what a file said of a shape, but for the keys that are other `now` than they would have been `before` anything
 * was changed. Undefined for what the file does without.
 */
export function laidOver(
  source: Source,
  i: number,
  before: Json | undefined,
  now: Json,
  shape: KnownShape,
): Json | undefined {
  const said = source.elements[i]
  // Words that only we show for it, such as the address of an embedded page.
  if (!said && before && isSame(now.text, before.text, 0)) return undefined
  if (!said || !before) return now
  const element: Json = { ...said }
  for (const [key, value] of Object.entries(now)) {
    // The name that a file has for an image is not ours.
    const isKept = key === 'fileId' && shape.type === 'image' && source.asset === shape.asset
    if (isKept) continue
    if (isSame(value, before[key], unseenIn(key)) && !isLeftToShape(key, said[key])) continue
    element[key] = key === 'customData' ? mergedData(said[key], value) : value
  }
  return element
}

/** What storing a number may change it by, and nobody sees: of a length, and of an angle or a share. */
const unseenIn = (key: string): number => (EXACT.has(key) ? 1e-6 : 0.01)
const EXACT: ReadonlySet<string> = new Set(['angle', 'startBinding', 'endBinding'])

function isSame(a: unknown, b: unknown, unseen: number): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= unseen
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length || Array.isArray(a) !== Array.isArray(b)) return false
  return keys.every(key => isSame((a as Json)[key], (b as Json)[key], unseen))
}

/** With order keys that ascend, where any element has one. */
export function indexed(elements: readonly Json[]): readonly Json[] {
  const known = elements.map(({ index }) => (typeof index === 'string' && isOrderKey(index) ? index : null))
  const given = known.filter(index => index !== null)
  if (given.length === 0) return elements
  const isAscending = given.every((index, i) => i === 0 || (given[i - 1] as string) < index)
  const indices = isAscending ? filled(known) : keysAbove(null, elements.length)
  return elements.map((element, i) =>
    element.index === indices[i] ? element : { ...element, index: indices[i] },
  )
}

/** Ascending keys, with others between them where there is none. */
function filled(known: readonly (string | null)[]): readonly string[] {
  const above: (string | null)[] = []
  for (let i = known.length - 1, next: string | null = null; i >= 0; i--) {
    above[i] = next
    next = known[i] ?? next
  }
  let below: string | null = null
  return known.map((index, i) => {
    below = index ?? generateKeyBetween(below, above[i] ?? null)
    return below
  })
}
