import type { LineWidth } from '../../shared/geometry/text.ts'
import { bytesOf, MAX_FILE_BYTES, notADrawing, textOf } from './content.ts'
import { driftboardScene } from './driftboard-scene.ts'
import { drawingIn } from './embedded.ts'
import { excalidraw } from './excalidraw.ts'
import { excalidrawlib } from './excalidrawlib.ts'
import type { FileFormat, Imported } from './imported.ts'
import { parseJson } from './json.ts'
import { drawingInNote } from './obsidian.ts'
import { tldr } from './tldr.ts'

/** Every kind of file that can be opened. A new one is a file beside this and a line here. */
const FORMATS: readonly FileFormat[] = [excalidraw, excalidrawlib, tldr, driftboardScene]

/**
 * Reads a file of any known format, told apart by what it holds and not by its name. `lineWidth` measures letters as
 * the board does, so load the fonts first. Throws a FileError, and nothing else, when the file cannot be opened.
 */
export async function readFile(
  name: string,
  data: Blob | Uint8Array | string,
  lineWidth: LineWidth,
): Promise<Imported> {
  const held = typeof data === 'string' ? undefined : drawingIn(await bytesOf(name, data))
  const text = held ?? (await textOf(name, data))
  const json = parseJson(drawingInNote(name, text) ?? text)
  const format = FORMATS.find(candidate => candidate.recognises(json))
  if (!format) throw notADrawing(name)
  return format.read(json, lineWidth)
}

/** Whether a picture holds a drawing that can be opened. */
export async function holdsDrawing(file: Blob): Promise<boolean> {
  const bytes = file.size > MAX_FILE_BYTES ? undefined : await file.arrayBuffer().catch(() => undefined)
  return bytes !== undefined && drawingIn(new Uint8Array(bytes)) !== undefined
}
