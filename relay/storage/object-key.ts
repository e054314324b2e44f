const SEGMENT = '[A-Za-z0-9_-][A-Za-z0-9_.-]*'
const KEY = new RegExp(`^${SEGMENT}(/${SEGMENT})*$`)
/** Whole segments, each with its slash, then perhaps the start of one. */
const PREFIX = new RegExp(`^(${SEGMENT}/)*(${SEGMENT})?$`)
const ONE_SEGMENT = new RegExp(`^${SEGMENT}$`)

/** Bytes. S3 takes 1,024 with its prefix, file systems 255 a segment: all of ours are far below. */
const LONGEST = 512

/** The key itself. Throws RangeError for what could name anything else than an object, such as `../` or `/etc`. */
export function checkKey(key: string): string {
  if (key.length <= LONGEST && KEY.test(key)) return key
  throw new RangeError(`${JSON.stringify(key.slice(0, LONGEST))} is not the key of an object.`)
}

/** The prefix itself. Throws RangeError for what no key starts with. */
export function checkPrefix(prefix: string): string {
  if (prefix.length <= LONGEST && PREFIX.test(prefix)) return prefix
  throw new RangeError(`${JSON.stringify(prefix.slice(0, LONGEST))} is not the start of a key.`)
}

/** The prefix itself, which names whole folders. Throws RangeError for any other. */
export function checkFolder(prefix: string): string {
  if (prefix === '' || prefix.endsWith('/')) return checkPrefix(prefix)
  throw new RangeError(`${JSON.stringify(prefix)} is not a folder: it does not end with a slash.`)
}

/** Where everything of a board lies, with a slash at its end. */
export function boardFolder(board: string): string {
  if (!ONE_SEGMENT.test(board)) throw new RangeError(`${JSON.stringify(board)} is not the id of a board.`)
  return `boards/${board}/`
}

/** The order in which stores list: that of the bytes, as S3 does. Keys are ASCII, so `<` compares bytes. */
export const byKey = (one: { key: string }, other: { key: string }): number =>
  one.key < other.key ? -1 : one.key > other.key ? 1 : 0

/** The last segment of a key. */
export const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)
