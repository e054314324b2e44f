/** What is read of a DOM node. */
export interface ReadNode {
  readonly nodeName: string
  /** Of a text. */
  readonly nodeValue: string | null
  readonly childNodes: ArrayLike<ReadNode>
}

/** A place between the children of a node, or between the letters of a text. */
export interface ReadPlace {
  readonly node: ReadNode | null
  readonly offset: number
}

const BLOCKS: ReadonlySet<string> = new Set(['DIV', 'P', 'LI', 'UL', 'OL', 'PRE', 'BLOCKQUOTE'])

/**
 * The text of an editable element, whatever a browser has made of its lines, and the UTF-16 offsets of `places` in it;
 * undefined for one that is elsewhere. A line is a block; a break at the end of a block only keeps it open.
 */
export function readEditable(
  root: ReadNode,
  places: readonly ReadPlace[],
): { readonly text: string; readonly offsets: readonly (number | undefined)[] } {
  const reader = new Reader(places)
  reader.readChildren(root)
  return reader
}

class Reader {
  text = ''
  readonly offsets: (number | undefined)[]
  readonly #places: readonly ReadPlace[]
  /** A break that is a newline only if something follows in its block. */
  #isBreakOpen = false
  #isLineOpen = false
  #hasLines = false

  constructor(places: readonly ReadPlace[]) {
    this.#places = places
    this.offsets = places.map(() => undefined)
  }

  readChildren(node: ReadNode): void {
    for (let i = 0; i < node.childNodes.length; i++) this.#read(node.childNodes[i] as ReadNode, node, i)
    this.#note(node, node.childNodes.length, this.text.length)
  }

  #read(node: ReadNode, parent: ReadNode, index: number): void {
    if (BLOCKS.has(node.nodeName)) {
      if (this.#isLineOpen || this.#hasLines) this.#newLine()
      this.#hasLines = false
      this.#note(parent, index, this.text.length)
      this.readChildren(node)
      this.#isBreakOpen = false
      this.#isLineOpen = false
      this.#hasLines = true
      return
    }
    if (node.nodeName !== 'BR' && node.nodeValue === null) {
      this.#note(parent, index, this.text.length)
      this.readChildren(node)
      return
    }
    if (this.#hasLines || this.#isBreakOpen) this.#newLine()
    this.#hasLines = false
    this.#isLineOpen = true
    this.#note(parent, index, this.text.length)
    if (node.nodeName === 'BR') {
      this.#isBreakOpen = true
      this.#note(node, 0, this.text.length)
      return
    }
    const letters = node.nodeValue ?? ''
    for (const [i, place] of this.#places.entries())
      if (place.node === node) this.offsets[i] = this.text.length + Math.min(place.offset, letters.length)
    this.text += letters
  }

  #newLine(): void {
    this.text += '\n'
    this.#isBreakOpen = false
    this.#isLineOpen = false
  }

  #note(node: ReadNode, offset: number, at: number): void {
    for (const [i, place] of this.#places.entries())
      if (place.node === node && place.offset === offset) this.offsets[i] ??= at
  }
}

/** Where a place of the text lies: the line, the run in it, and the letter in that; a place between two runs is in the first. */
export function placeIn(
  lines: readonly { readonly runs: readonly { readonly text: string }[] }[],
  offset: number,
): { readonly line: number; readonly run: number; readonly at: number } {
  let left = offset
  for (const [line, { runs }] of lines.entries()) {
    for (const [run, { text }] of runs.entries()) {
      if (left <= text.length) return { line, run, at: left }
      left -= text.length
    }
    if (left <= 0) return { line, run: 0, at: 0 }
    // The newline.
    left -= 1
  }
  const line = Math.max(0, lines.length - 1)
  const run = Math.max(0, (lines[line]?.runs.length ?? 0) - 1)
  return { line, run, at: lines[line]?.runs[run]?.text.length ?? 0 }
}
