import * as v from 'valibot'
import { type Marks, marksWithin, NO_MARKS } from '../geometry/marks.ts'
import type { Shape } from '../shapes/index.ts'
import { splitsPair } from '../util/text-splice.ts'
import { LIMITS } from './limits.ts'

const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const schema = v.array(
  v.object({
    from: offset,
    to: offset,
    style: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)),
  }),
)

/** Marks for `text` out of what a file or the clipboard says they are; none where that is no list of marks. */
export function readMarks(raw: unknown, text: string): Marks {
  const parsed = v.safeParse(schema, raw)
  if (!parsed.success) return NO_MARKS
  const whole = parsed.output.filter(({ from, to }) => !splitsPair(text, from) && !splitsPair(text, to))
  return marksWithin(whole, text.length).slice(0, LIMITS.textMarks)
}

/** The keys of a shape for a text with these marks: none for a plain one. */
export const marksKey = (marks: Marks | undefined): { readonly marks?: Marks } =>
  marks && marks.length > 0 ? { marks } : {}

/** A shape that was read key by key, with the marks that it is said to have beside its keys. */
export function withMarks<S extends Shape>(shape: S, raw: unknown): S {
  return 'text' in shape ? { ...shape, ...marksKey(readMarks(raw, shape.text)) } : shape
}
