import { type Marks, marksOfRuns, STYLE, type TextStyle } from '../../../shared/geometry/marks.ts'

/** What is read of a node of a document that was pasted. */
export interface PastedNode {
  readonly nodeName: string
  readonly textContent: string | null
  readonly childNodes: Iterable<PastedNode>
  readonly style?: Readonly<Record<'fontWeight' | 'fontStyle' | 'textDecoration' | 'whiteSpace', string>>
}

export interface PastedLetters {
  readonly text: string
  readonly marks: Marks
}

/** The letters of HTML whose looks we have too, and its lists; undefined where all of it is plain. */
export function pastedLetters(html: string): PastedLetters | undefined {
  if (!/<(b|strong|i|em|s|strike|del|ul|ol|h[1-6])\b|font-weight|font-style|line-through/i.test(html)) return
  // A document that was parsed runs no scripts and loads nothing.
  return lettersOf(new DOMParser().parseFromString(html, 'text/html').body as PastedNode)
}

/** See `pastedLetters`. */
export function lettersOf(body: PastedNode): PastedLetters | undefined {
  const reader = new Reader()
  reader.read(body, { style: 0, isKept: false, list: undefined, depth: 0 })
  const letters = reader.letters
  return letters.marks.length === 0 || letters.text === '' ? undefined : letters
}

const UNSEEN: ReadonlySet<string> = new Set([
  'STYLE',
  'SCRIPT',
  'META',
  'TEMPLATE',
  'TITLE',
  'HEAD',
  '#comment',
])
const BLOCKS: ReadonlySet<string> = new Set([
  ...['P', 'DIV', 'LI', 'UL', 'OL', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'PRE', 'TABLE', 'TR'],
  ...['SECTION', 'ARTICLE', 'HEADER', 'FOOTER', 'DL', 'DT', 'DD', 'HR', 'FIGURE'],
])
const LOOKS: ReadonlyMap<string, TextStyle> = new Map([
  ...['B', 'STRONG', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6'].map(name => [name, STYLE.bold] as const),
  ...['I', 'EM'].map(name => [name, STYLE.italic] as const),
  ...['S', 'STRIKE', 'DEL'].map(name => [name, STYLE.strike] as const),
])

/** Nesting that is followed. */
const DEEPEST = 100
/** Spaces by which a list stands in within another. */
const LEVEL = '    '

interface Around {
  readonly style: TextStyle
  /** Whether white space is as it is seen. */
  readonly isKept: boolean
  readonly list: { next: number | null; readonly level: number } | undefined
  readonly depth: number
}

class Reader {
  readonly #runs: { text: string; style: TextStyle }[] = []
  /** Nothing but what begins the line has been read of it. */
  #atStart = true

  get letters(): PastedLetters {
    const text = this.#runs
      .map(run => run.text)
      .join('')
      .trimEnd()
    let left = text.length
    const runs = this.#runs.map(run => {
      const part = run.text.slice(0, left)
      left -= part.length
      return { text: part, style: run.style }
    })
    return { text, marks: marksOfRuns(runs) }
  }

  read(node: PastedNode, around: Around): void {
    const { nodeName } = node
    if (around.depth > DEEPEST || UNSEEN.has(nodeName)) return
    if (nodeName === '#text') return this.#add(node.textContent ?? '', around)
    if (nodeName === 'BR') return this.#newLine()
    const isBlock = BLOCKS.has(nodeName)
    if (isBlock && !this.#atStart) this.#newLine()
    if (nodeName === 'LI') this.#marker(around)
    const inner = { ...around, ...innerOf(node, around), depth: around.depth + 1 }
    for (const child of node.childNodes) this.read(child, inner)
    if (isBlock && !this.#atStart) this.#newLine()
  }

  #add(raw: string, { style, isKept }: Around): void {
    const text = raw.replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ')
    const spaced = isKept ? text : text.replace(/\s+/g, ' ')
    const shown = isKept || !this.#atStart ? spaced : spaced.trimStart()
    if (shown === '') return
    this.#runs.push({ text: shown, style })
    this.#atStart = shown.endsWith('\n')
  }

  #newLine(): void {
    this.#runs.push({ text: '\n', style: 0 })
    this.#atStart = true
  }

  #marker({ list }: Around): void {
    if (!list) return
    this.#runs.push({ text: LEVEL.repeat(list.level), style: 0 })
    this.#runs.push({ text: list.next === null ? '• ' : `${list.next}. `, style: STYLE.list })
    if (list.next !== null) list.next += 1
  }
}

function innerOf({ nodeName, style: css }: PastedNode, { style, isKept, list }: Around) {
  const isList = nodeName === 'UL' || nodeName === 'OL'
  const level = list ? list.level + 1 : 0
  const { fontWeight = '', fontStyle = '', textDecoration = '', whiteSpace = '' } = css ?? {}
  const isBold = fontWeight === 'bold' || Number(fontWeight) >= 600
  // Some programs wrap all that they copy in bold letters that are none.
  const isThin = fontWeight === 'normal' || (Number(fontWeight) > 0 && Number(fontWeight) < 600)
  const look =
    style |
    (LOOKS.get(nodeName) ?? 0) |
    (isBold ? STYLE.bold : 0) |
    (fontStyle === 'italic' ? STYLE.italic : 0) |
    (textDecoration.includes('line-through') ? STYLE.strike : 0)
  return {
    style: isThin ? look & ~STYLE.bold : look,
    isKept: isKept || nodeName === 'PRE' || whiteSpace.startsWith('pre'),
    list: isList ? { next: nodeName === 'OL' ? 1 : null, level } : list,
  }
}
