/** The keys of a shape, or of `meta`, as a document holds them; a text as a string. */
export type RawKeys = ReadonlyMap<string, unknown>

/** What a step has to write where nothing is to be changed. */
export const NOTHING: RawKeys = new Map()

/**
 * One step of the document model, from the version before `to`. Both functions are pure, return the keys to write, and
 * none for what is of this version or a later one already. What they cannot read they leave as it is.
 *
 * A step is never changed once it was released: documents that it upgraded are everywhere.
 */
export interface Migration {
  readonly to: number
  shape(keys: RawKeys): RawKeys
  meta(keys: RawKeys): RawKeys
}
