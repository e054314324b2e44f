/** The media types that a board takes for an image, and how files of each begin, as Latin-1. */
const STARTS: readonly (readonly [type: string, start: RegExp])[] = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/avif', /^.{4}ftyp(.{4})*?avi[fs]/s],
]

/** Bytes at the start of a file that tell its type: an AVIF names its brands there. */
const HEAD = 64

/** What an image says of itself in its first bytes, whatever it is called; undefined for none of these types. */
export function imageTypeOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD))
  return STARTS.find(([, start]) => start.test(head))?.[0]
}
