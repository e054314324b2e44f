import { FileError } from './error.ts'
import { unpackLz } from './tldr/lz.ts'

/*
 * Obsidian keeps a drawing of Excalidraw in a note: below the heading `Drawing` stands a fenced block of JSON, plain or packed by
 * lz-string, in lines of 256 characters. Pictures are files of their own beside it, which a note does not hold.
 */

const HEADING = /^#{1,2} Drawing[ \t]*\r?$/m
const FENCE = /^```(json|compressed-json)[ \t]*\r?\n/m

/** The JSON of the drawing in a note; undefined for what is no note. Throws a FileError where it holds none that can be read. */
export function drawingInNote(name: string, text: string): string | undefined {
  const heading = HEADING.exec(text)
  if (/^\s*[{[]/.test(text)) return undefined
  if (!heading) {
    if (!name.toLowerCase().endsWith('.md')) return undefined
    throw new FileError(
      `"${name}" is a note without a drawing.`,
      '',
      'Driftboard opens the notes in which the Excalidraw plugin of Obsidian keeps its drawings.',
    )
  }
  const rest = text.slice(heading.index)
  const fence = FENCE.exec(rest)
  const start = fence ? fence.index + fence[0].length : 0
  const end = rest.indexOf('\n```', start - 1)
  if (!fence || end < start - 1) throw damaged(name)
  const block = rest.slice(start, Math.max(start, end))
  if (fence[1] === 'json') return block
  const json = unpackLz(block.replaceAll(/\s/g, ''))
  if (json === undefined) throw damaged(name)
  return json
}

const damaged = (name: string): FileError =>
  new FileError(
    `The drawing in "${name}" is damaged, or cut short.`,
    'the block below "Drawing"',
    'Take another copy of the note, or export the drawing from Obsidian as .excalidraw.',
  )
