import * as v from 'valibot'
import { isInk } from '../geometry/ink.ts'
import { packPoints, scanPoints, unpackPoints } from '../geometry/packed-points.ts'
import type { Vec } from '../geometry/vec.ts'
import { LIMITS } from './limits.ts'
import { listOfPoints } from './migrations/v1_to_v2.ts'
import { isOrderKey } from './order.ts'

/**
 * One key of a shape: what a valid value is, and the default that a missing key stands for.
 * A key without a default must be present. Validity is per key, never across keys, so that a
 * merge of valid changes is valid.
 */
export interface Prop<T> {
  readonly schema: v.GenericSchema<unknown, T>
  readonly fallback?: T
  /** Set when the document holds the value in another form. */
  readonly stored?: StoredForm<T>
  /** Set when the document holds this key as a Y.Text that merges by character. */
  readonly isText?: true
}

/** How a document holds a value that programs have in a handier form. */
interface StoredForm<T> {
  /** What may stand in a document: the form of this version, and those of earlier ones. */
  readonly schema: v.GenericSchema
  /** Reads the form of this version; undefined when it is not valid. */
  decode(raw: unknown): T | undefined
  encode(value: T): unknown
}

/** What a map in the document may hold: its keys, and no others. */
export type Props = Readonly<Record<string, Prop<unknown>>>

/** Whether the key must be there. */
export const isRequired = (p: Prop<unknown>): boolean => p.fallback === undefined

/** Whether a document may hold this under the key. For a text, its characters. */
export const isStorable = (p: Prop<unknown>, raw: unknown): boolean => v.is(p.stored?.schema ?? p.schema, raw)

const coordinate = v.pipe(v.number(), v.minValue(-LIMITS.coordinate), v.maxValue(LIMITS.coordinate))
const length = v.pipe(v.number(), v.minValue(0), v.maxValue(LIMITS.coordinate))
const vec: v.GenericSchema<unknown, Vec> = v.strictTuple([coordinate, coordinate])
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.idLength))
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** Where an end of an arrow is held: a shape, and the place in its unrotated box, as shares of its width and height. */
export type Binding = readonly [shape: string, u: number, v: number]
const binding: v.GenericSchema<unknown, Binding> = v.strictTuple([id, share, share])

/** The part of an image that shows, as shares of its width and height from its top left. */
export type Crop = readonly [x: number, y: number, w: number, h: number]
const crop: v.GenericSchema<unknown, Crop> = v.strictTuple([share, share, share, share])
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.coordinate))

/** Bytes. More than the most points can take, each coordinate at its longest. */
const POINTS_BYTES = 10 + 2 * LIMITS.linePoints * 6

const packedPoints = v.pipe(
  v.instance(Uint8Array),
  v.check(bytes => bytes.length <= POINTS_BYTES && isLine(bytes)),
)

/** Whether bytes hold the points of a line: two or more, none of them too far off. */
function isLine(bytes: Uint8Array): boolean {
  let farthest = 0
  const count = scanPoints(bytes, n => {
    farthest = Math.max(farthest, Math.abs(n))
  })
  if (count === undefined || count < 2 || count > LIMITS.linePoints) return false
  return farthest <= LIMITS.coordinate
}

/** Packed points are never changed, so each is unpacked once. */
const unpacked = new WeakMap<Uint8Array, readonly number[] | null>()

function pointsIn(bytes: Uint8Array): readonly number[] | undefined {
  const known = unpacked.get(bytes)
  if (known !== undefined) return known ?? undefined
  const points = v.is(packedPoints, bytes) ? unpackPoints(bytes) : undefined
  unpacked.set(bytes, points ?? null)
  return points
}

const withDefault = <T>(schema: v.GenericSchema<unknown, T>, fallback?: T): Prop<T> =>
  fallback === undefined ? { schema } : { schema, fallback }

export const prop = {
  type: <T extends string>(type: T): Prop<T> => withDefault<T>(v.literal(type)),
  /** A point in world space. */
  pos: withDefault(vec),
  /** Width and height, neither negative. */
  size: withDefault<Vec>(v.strictTuple([length, length])),
  /** Radians. Any finite turn within a thousand is taken as it is. */
  angle: withDefault<number>(v.pipe(v.number(), v.minValue(-1000), v.maxValue(1000)), 0),
  orderKey: withDefault<string>(v.pipe(v.string(), v.maxLength(LIMITS.orderKeyLength), v.check(isOrderKey))),
  number: (min: number, max: number, fallback: number): Prop<number> =>
    withDefault<number>(v.pipe(v.number(), v.minValue(min), v.maxValue(max)), fallback),
  flag: (fallback: boolean): Prop<boolean> => withDefault<boolean>(v.boolean(), fallback),
  flags: withDefault<readonly [x: boolean, y: boolean]>(v.strictTuple([v.boolean(), v.boolean()]), [
    false,
    false,
  ]),
  oneOf: <const T extends string>(values: readonly T[], fallback: T): Prop<T> =>
    withDefault<T>(v.picklist(values), fallback),
  /** `#rrggbb`, `#rrggbbaa` or `transparent`, as seen on the light theme. */
  colour: (fallback: string): Prop<string> =>
    withDefault<string>(v.pipe(v.string(), v.regex(/^(#[0-9a-f]{6}([0-9a-f]{2})?|transparent)$/i)), fallback),
  /** Ids of the groups around a shape, the innermost first. */
  groups: withDefault<readonly string[]>(v.pipe(v.array(id), v.maxLength(LIMITS.groupDepth)), []),
  /** Flat list of x, y pairs relative to `pos`: at least two points. A document holds it packed. */
  points: {
    schema: listOfPoints,
    stored: {
      schema: v.union([packedPoints, listOfPoints]),
      decode: raw => (raw instanceof Uint8Array ? pointsIn(raw) : undefined),
      encode: packPoints,
    },
  } satisfies Prop<readonly number[]> as Prop<readonly number[]>,
  /** A packed stroke. */
  ink: withDefault<Uint8Array>(
    v.pipe(
      v.instance(Uint8Array),
      v.check(bytes => bytes.length <= LIMITS.inkBytes && isInk(bytes)),
    ),
  ),
  /** Its limit is that of a merged text: who writes one keeps within `LIMITS.textLength`. */
  text: {
    schema: v.pipe(v.string(), v.maxLength(LIMITS.mergedTextLength)),
    fallback: '',
    isText: true,
  } satisfies Prop<string>,
  /** A text that is replaced as a whole. */
  line: (minLength: number, maxLength: number): Prop<string> =>
    withDefault<string>(v.pipe(v.string(), v.minLength(minLength), v.maxLength(maxLength))),
  /** A SHA-256 in lower-case hex: the name of a blob outside the document. */
  hash: withDefault<string>(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  /** Width and height of an image. */
  pixels: withDefault<Vec>(v.strictTuple([pixels, pixels])),
  /** The name of who changed a shape last; empty where nobody said. Nobody vouches for it. */
  by: withDefault<string>(v.pipe(v.string(), v.maxLength(LIMITS.byLength)), ''),
  /** ms since the epoch, within what a Date can say. */
  time: withDefault<number>(v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15))),
  count: (max: number): Prop<number> =>
    withDefault<number>(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max))),
  id: withDefault<string>(id),
  /** The id of what a shape lies in; empty for none. */
  parent: withDefault<string>(v.pipe(v.string(), v.maxLength(LIMITS.idLength)), ''),
  binding: withDefault<Binding | null>(v.nullable(binding), null),
  crop: withDefault<Crop | null>(v.nullable(crop), null),
  /** Shares of a whole, of columns for example. Their sum says what the whole is. */
  shares: withDefault<readonly number[]>(
    v.pipe(v.array(v.pipe(v.number(), v.minValue(0.001), v.maxValue(1000))), v.maxLength(100)),
    [],
  ),
  /** An http or https address; empty for none. */
  link: withDefault<string>(
    v.pipe(v.string(), v.maxLength(LIMITS.linkLength), v.regex(/^(https?:\/\/\S+)?$/i)),
    '',
  ),
  /** A key that may be missing. */
  optional: <T>({ schema }: Prop<T>): Prop<T | null> => withDefault<T | null>(v.nullable(schema), null),
} as const
