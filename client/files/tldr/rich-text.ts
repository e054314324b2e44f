import {
  type Marks,
  marksOfRuns,
  marksWithin,
  STYLE,
  type TextStyle,
} from '../../../shared/geometry/marks.ts'
import type { Props } from './records.ts'
import { textProp } from './records.ts'

/** A text and how its letters look. */
export interface Words {
  readonly text: string
  readonly marks: Marks
}

/** Letters of one look. */
interface Run {
  readonly text: string
  readonly style: TextStyle
}

type Line = readonly Run[]

/** What a shape says: newer files hold a document of ProseMirror, older ones a plain text. */
export function wordsOf(p: Props): Words {
  const lines = isNode(p.richText) ? blocksOf(p.richText, 0) : [[plain(textProp(p, 'text'))]]
  const runs = lines
    .flatMap((line, i): Line => (i === 0 ? line : [plain('\n'), ...line]))
    .map(({ text, style }) => ({ text: text.replace(/\r\n?/g, '\n'), style }))
  const text = runs
    .map(run => run.text)
    .join('')
    .trimEnd()
  return { text, marks: marksWithin(marksOfRuns(runs), text.length) }
}

const plain = (text: string): Run => ({ text, style: 0 })

interface Node {
  readonly type?: unknown
  readonly text?: unknown
  readonly content?: unknown
  readonly marks?: unknown
  readonly attrs?: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

const nodesIn = (list: unknown): readonly Node[] => (Array.isArray(list) ? list.filter(isNode) : [])

/** Nesting of lists and paragraphs that is followed. */
const DEEPEST = 50

/** The lines of a document, a list or a paragraph. */
function blocksOf(node: Node, depth: number): readonly Line[] {
  if (depth > DEEPEST) return []
  const children = nodesIn(node.content)
  switch (node.type) {
    case 'bulletList':
      return children.flatMap(item => listed(item, '• ', depth))
    case 'orderedList': {
      const first = firstNumber(node)
      return children.flatMap((item, i) => listed(item, `${first + i}. `, depth))
    }
    case 'heading':
      return [children.map(child => inlineRun(child, STYLE.bold))]
    case 'paragraph':
    case 'codeBlock':
      return [children.map(child => inlineRun(child, 0))]
    default:
      return typeof node.text === 'string'
        ? [[inlineRun(node, 0)]]
        : children.flatMap(child => blocksOf(child, depth + 1))
  }
}

function firstNumber({ attrs }: Node): number {
  const start = isNode(attrs) && 'start' in attrs ? attrs.start : 1
  return typeof start === 'number' && Number.isSafeInteger(start) && start >= 0 ? start : 1
}

function listed(item: Node, marker: string, depth: number): readonly Line[] {
  const indent = plain(' '.repeat(marker.length))
  return nodesIn(item.content)
    .flatMap(child => blocksOf(child, depth + 1))
    .map((line, i) => [i === 0 ? { text: marker, style: STYLE.list } : indent, ...line])
}

const LOOKS: ReadonlyMap<unknown, TextStyle> = new Map([
  ['bold', STYLE.bold],
  ['italic', STYLE.italic],
  ['strike', STYLE.strike],
])

function inlineRun(node: Node, style: TextStyle): Run {
  if (typeof node.text !== 'string') return plain(node.type === 'hardBreak' ? '\n' : '')
  const looks = nodesIn(node.marks).map(({ type }) => LOOKS.get(type) ?? 0)
  return { text: node.text, style: looks.reduce((all, look) => all | look, style) }
}
