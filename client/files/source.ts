import * as v from 'valibot'
import { LIMITS } from '../../shared/schema/limits.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'

/** What a file of Excalidraw said of a shape. */
export interface Source {
  /** The element that the shape was read from, and its label's. */
  readonly elements: readonly Readonly<Record<string, unknown>>[]
  /** The image that was read with it, by the name that the board gave it; empty for none. */
  readonly asset: string
}

const schema = v.object({
  excalidraw: v.pipe(v.array(v.record(v.string(), v.unknown())), v.minLength(1), v.maxLength(2)),
  asset: v.optional(v.string(), ''),
})

/** What a shape holds itself, and can be the first to go when its source is too long. */
const HELD_IN_FULL: ReadonlySet<string> = new Set(['points', 'pressures', 'text', 'originalText'])

/** The `source` of a shape that was read from these elements; empty where that is too long. */
export function sourceText(elements: readonly unknown[]): string {
  const whole = JSON.stringify({ excalidraw: elements })
  if (whole.length <= LIMITS.sourceLength) return whole
  const rest = JSON.stringify({ excalidraw: elements }, (key, value) =>
    HELD_IN_FULL.has(key) ? null : value,
  )
  return rest.length <= LIMITS.sourceLength ? rest : ''
}

/** Whether a key of a source was left out because the shape holds it. */
export const isLeftToShape = (key: string, value: unknown): boolean => value === null && HELD_IN_FULL.has(key)

/** Undefined for a shape that comes from no file, or from a file of another program. */
export function sourceOf({ source }: Pick<KnownShape, 'source'>): Source | undefined {
  if (source === '') return undefined
  const parsed = v.safeParse(schema, parsedJson(source))
  return parsed.success ? { elements: parsed.output.excalidraw, asset: parsed.output.asset } : undefined
}

/** The `source` of an image shape, with the name that the board gave its image. */
export function withAsset(source: string, asset: string): string {
  const known = sourceOf({ source })
  if (!known) return source
  const text = JSON.stringify({ excalidraw: known.elements, asset })
  return text.length <= LIMITS.sourceLength ? text : source
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
