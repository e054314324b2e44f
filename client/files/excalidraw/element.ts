import * as v from 'valibot'
import { LIMITS } from '../../../shared/schema/limits.ts'

const coordinate = v.pipe(v.number(), v.minValue(-LIMITS.coordinate), v.maxValue(LIMITS.coordinate))
const real = v.pipe(v.number(), v.finite())

/** A key that may be missing, of another type or out of range: then it is null. */
const orNull = <T>(schema: v.GenericSchema<unknown, T>) => v.fallback(v.nullable(schema), null)

const text = orNull(v.string())
const flag = v.fallback(v.boolean(), false)
/** What an end of an arrow is attached to. Only newer files say where on it, as shares of its box. */
const binding = orNull(v.object({ elementId: v.string(), fixedPoint: orNull(v.tuple([real, real])) }))

/**
 * An element of any type and any age of the format: only its type and place are a must. The rest is read key by
 * key, so that one bad key costs that key. Keys that are not named here are left out.
 */
const elementSchema = v.object({
  type: v.string(),
  x: coordinate,
  y: coordinate,
  id: text,
  width: orNull(coordinate),
  height: orNull(coordinate),
  angle: orNull(real),
  strokeColor: v.fallback(v.unknown(), null),
  backgroundColor: v.fallback(v.unknown(), null),
  fillStyle: text,
  strokeWidth: orNull(real),
  strokeStyle: text,
  roughness: orNull(real),
  opacity: orNull(real),
  groupIds: v.fallback(v.array(v.string()), []),
  frameId: text,
  roundness: orNull(v.object({ type: orNull(v.number()), value: orNull(real) })),
  strokeSharpness: text,
  link: text,
  locked: flag,
  /** A line's, an arrow's and a freehand drawing's: see pointsOf. */
  points: v.fallback(v.unknown(), null),
  elbowed: flag,
  startBinding: binding,
  endBinding: binding,
  startArrowhead: v.fallback(v.unknown(), null),
  /** Undefined where a file is too old to have it: then an arrow has one. */
  endArrowhead: v.optional(v.unknown()),
  pressures: v.fallback(v.array(real), []),
  simulatePressure: flag,
  text,
  originalText: text,
  fontSize: orNull(real),
  fontFamily: orNull(v.number()),
  /** Before `fontSize` and `fontFamily`: "20px Virgil". */
  font: text,
  textAlign: text,
  verticalAlign: text,
  containerId: text,
  autoResize: v.fallback(v.boolean(), true),
  /** What any program keeps beside the keys of Excalidraw. */
  customData: v.fallback(v.unknown(), null),
  /** A frame's. */
  name: text,
  /** An image's: where its bytes are among the files, and 1 or -1 for each axis, mirrored. */
  fileId: text,
  scale: orNull(v.tuple([v.number(), v.number()])),
  /** In pixels of the whole picture. */
  crop: orNull(
    v.object({
      x: real,
      y: real,
      width: real,
      height: real,
      naturalWidth: v.pipe(real, v.minValue(1)),
      naturalHeight: v.pipe(real, v.minValue(1)),
    }),
  ),
})

/** What every element is read into. */
export type Element = v.InferOutput<typeof elementSchema>

/** Undefined when it is no element, or lies nowhere on the board. */
export function parseElement(raw: unknown): Element | undefined {
  const result = v.safeParse(elementSchema, raw)
  return result.success ? result.output : undefined
}

/** Whether an element was removed and is kept in the file only for syncing; its other keys may be anything. */
export const isRemoved = (raw: unknown): boolean =>
  typeof raw === 'object' && raw !== null && 'isDeleted' in raw && raw.isDeleted === true
