import * as v from 'valibot'
import type { Marks } from '../../../shared/geometry/marks.ts'
import { marksKey, readMarks } from '../../../shared/schema/read-marks.ts'

type Json = Record<string, unknown>

/**
 * Excalidraw's texts are plain. What we know besides goes into what it keeps for other programs, with the letters that it is
 * about: whoever changed these there has moved the marks to others.
 */
const schema = v.looseObject({
  driftboard: v.object({ text: v.string(), marks: v.unknown() }),
})

/** The `customData` of a text with marks; undefined for a plain one. */
export const marksData = (text: string, marks: Marks | undefined): Json | undefined =>
  marks && marks.length > 0 ? { driftboard: { text, marks } } : undefined

/** The marks that an element has for its text, as the keys of a shape. */
export function marksFrom(customData: unknown, text: string): ReturnType<typeof marksKey> {
  const parsed = v.safeParse(schema, customData)
  if (!parsed.success || parsed.output.driftboard.text !== text) return {}
  return marksKey(readMarks(parsed.output.driftboard.marks, text))
}

/** What the file kept for other programs, with what we have to say by now. */
export function mergedData(said: unknown, now: unknown): Json | undefined {
  const { driftboard: _, ...others } = { ...(said as Json | null | undefined) }
  const merged = { ...others, ...(now as Json | undefined) }
  return Object.keys(merged).length > 0 ? merged : undefined
}
