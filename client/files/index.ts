import type { LineWidth } from '../../shared/geometry/text.ts'
import { notADrawing, textOf } from './content.ts'
import { excalidraw } from './excalidraw.ts'
import { excalidrawlib } from './excalidrawlib.ts'
import type { FileFormat, Imported } from './imported.ts'
import { parseJson } from './json.ts'

/** Every kind of file that can be opened. A new one is a file beside this and a line here. */
const FORMATS: readonly FileFormat[] = [excalidraw, excalidrawlib]

/**
 * Reads a file of any known format, told apart by what it holds and not by its name. `lineWidth` measures letters as
 * the board does, so load the fonts first. Throws a FileError, and nothing else, when the file cannot be opened.
 */
export async function readFile(
  name: string,
  data: Blob | Uint8Array | string,
  lineWidth: LineWidth,
): Promise<Imported> {
  const json = parseJson(await textOf(name, data))
  const format = FORMATS.find(candidate => candidate.recognises(json))
  if (!format) throw notADrawing(name)
  return format.read(json, lineWidth)
}
