import { FileError } from './error.ts'

/** Bytes. A drawing of 100,000 shapes takes about 60 MB; past this a browser tab is likely to run out of memory. */
export const MAX_FILE_BYTES = 100 * 2 ** 20

const EXPECTED =
  'Driftboard opens .excalidraw, .excalidrawlib and .tldr files, and pictures and notes of Obsidian that hold a drawing.'

/** The first bytes of files that people drop by mistake, as Latin-1 text. */
const MAGIC: readonly (readonly [start: string, what: string])[] = [
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['RIFF', 'an image, sound or film'],
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive or an office document'],
  ['\x1f\x8b', 'a compressed file'],
]

/** The file's text. Throws a FileError when it is too large, cannot be read, or is no text. */
export async function textOf(name: string, data: Blob | Uint8Array | string): Promise<string> {
  const size = typeof data === 'string' ? data.length : data instanceof Blob ? data.size : data.byteLength
  if (size > MAX_FILE_BYTES) {
    throw new FileError(
      `"${name}" is too large: ${megabytes(size)} MB, and at most ${megabytes(MAX_FILE_BYTES)} MB can be opened.`,
      '',
      'Split it into several files, or take the images out of it.',
    )
  }
  const text =
    typeof data === 'string' ? data.replace(/^\ufeff/, '') : decode(name, await bytesOf(name, data))
  if (text.trim() === '') throw new FileError(`"${name}" is empty.`, '', EXPECTED)
  return text
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20)

/** Throws a FileError when the file cannot be read. */
export async function bytesOf(name: string, data: Blob | Uint8Array): Promise<Uint8Array> {
  if (!(data instanceof Blob)) return data
  try {
    return new Uint8Array(await data.arrayBuffer())
  } catch {
    // A folder, or a file that was moved, changed or locked since it was chosen.
    throw new FileError(
      `"${name}" could not be read.`,
      '',
      'Check that it is a file that is still there, and try again.',
    )
  }
}

function decode(name: string, bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 8))
  const magic = MAGIC.find(([prefix]) => start.startsWith(prefix))
  if (magic) throw new FileError(`"${name}" is ${magic[1]}, not a drawing.`, '', EXPECTED)
  const encoding = start.startsWith('\xff\xfe')
    ? 'utf-16le'
    : start.startsWith('\xfe\xff')
      ? 'utf-16be'
      : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new FileError(`"${name}" is no text and so no drawing.`, '', EXPECTED)
  }
}

/** The answer to a file that is JSON, but of no format that is known. */
export const notADrawing = (name: string): FileError =>
  new FileError(`"${name}" is JSON, but not a drawing that Driftboard knows.`, '', EXPECTED)
