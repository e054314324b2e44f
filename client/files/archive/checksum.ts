/** The record of one file in the directory at the end of a ZIP archive, and the record that ends it. */
const RECORD = 0x02014b50
const END = 0x06054b50
/** Bytes of the shortest end record; a comment may follow it. */
const END_BYTES = 22

/**
 * The CRC-32 that a ZIP archive says the file at `path` has; undefined when its directory cannot be read. What unpacks it here does
 * not compare the two. Source: APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16.
 */
export function checksumIn(zip: Uint8Array, path: string): number | undefined {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = endOf(view)
  if (end === undefined) return undefined
  const wanted = new TextEncoder().encode(path)
  let at = view.getUint32(end + 16, true)
  while (at + 46 <= end && view.getUint32(at, true) === RECORD) {
    const length = view.getUint16(at + 28, true)
    const name = zip.subarray(at + 46, at + 46 + length)
    if (name.length === wanted.length && name.every((byte, i) => byte === wanted[i]))
      return view.getUint32(at + 16, true)
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return undefined
}

function endOf(view: DataView): number | undefined {
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) if (view.getUint32(at, true) === END) return at
  return undefined
}
