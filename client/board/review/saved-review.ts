import { createDecoder, readAny } from 'lib0/decoding'
import { encode, writeAny } from 'lib0/encoding'
import * as v from 'valibot'
import { propsOf, SCHEMA_VERSION } from '../../../shared/schema/read.ts'
import { isShapeType, type KnownShape, type Shape } from '../../../shared/shapes/index.ts'
import { assertShape } from '../shape-map.ts'
import { compareVersions, type Review, type Versions } from './compare.ts'

const shapeOrNull = v.nullable(v.custom<KnownShape>(isShape))

const saved = v.object({
  /** Shapes are stored as that version of the schema has them in memory. */
  schema: v.literal(SCHEMA_VERSION),
  shapes: v.array(
    v.object({
      id: v.string(),
      base: shapeOrNull,
      mine: shapeOrNull,
      theirs: shapeOrNull,
      merged: shapeOrNull,
    }),
  ),
})

/** A shape holds numbers, strings, booleans, lists and bytes, all of which lib0 writes; it has no type for read-only ones. */
type Encodable = Parameters<typeof writeAny>[1]

/** A review as bytes, so that it is still offered after a reload. */
export function encodeReview(review: Review): Uint8Array {
  const shapes = review.map(({ id, base = null, mine = null, theirs = null, merged = null }) => {
    return { id, base, mine, theirs, merged }
  })
  return encode(encoder => writeAny(encoder, { schema: SCHEMA_VERSION, shapes } as unknown as Encodable))
}

/** Undoes `encodeReview`; null for what is none, or one by another version of the app. */
export function decodeReview(bytes: Uint8Array): Review | null {
  const read = v.safeParse(saved, anyIn(bytes))
  if (!read.success) return null
  const versions = {
    base: new Map<string, Shape>(),
    mine: new Map<string, Shape>(),
    theirs: new Map<string, Shape>(),
    merged: new Map<string, Shape>(),
  } satisfies Versions
  for (const { id, ...shapes } of read.output.shapes) {
    for (const name of ['base', 'mine', 'theirs', 'merged'] as const) {
      const shape = shapes[name]
      if (shape) versions[name].set(id, shape)
    }
  }
  return compareVersions(versions)
}

function anyIn(bytes: Uint8Array): unknown {
  try {
    return readAny(createDecoder(bytes))
  } catch {
    return undefined
  }
}

function isShape(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('type' in value) || !isShapeType(value.type))
    return false
  if (!('id' in value) || typeof value.id !== 'string') return false
  const keys = new Set(Object.keys(value))
  if (!Object.keys(propsOf(value.type)).every(key => keys.has(key))) return false
  try {
    assertShape(value as KnownShape)
    return true
  } catch {
    return false
  }
}
