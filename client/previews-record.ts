import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as v from 'valibot'

/** The version of the record that this code writes. One of another is as none: it is made anew when the board is opened. */
const VERSION = 1

const picture = v.instance(Uint8Array)
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const schema = v.object({
  version: v.literal(VERSION),
  /** What is written on the board. */
  text: v.string(),
  shapes: count,
  /** ms since the epoch; 0 when nothing was changed since this device has the board. */
  changedAt: v.pipe(v.number(), v.minValue(0)),
  /** That the board takes on this device, its images included. */
  bytes: count,
  /** WebP or PNG on a clear ground, for each theme; null for an empty board. */
  pictures: v.nullable(v.object({ light: picture, dark: picture })),
})

/** What the list of boards shows of one, and finds it by, without opening it. */
export type Preview = Omit<v.InferOutput<typeof schema>, 'version'>

export const encodePreview = (preview: Preview): Uint8Array =>
  encoding.encode(encoder => encoding.writeAny(encoder, { ...preview, version: VERSION }))

/** Undefined for what is none, or of another version. */
export function decodePreview(bytes: Uint8Array): Preview | undefined {
  try {
    const record = v.safeParse(schema, decoding.readAny(decoding.createDecoder(bytes)))
    if (!record.success) return undefined
    const { version: _, ...preview } = record.output
    return preview
  } catch {
    return undefined
  }
}
