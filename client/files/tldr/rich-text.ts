import type { Props } from './records.ts'
import { textProp } from './records.ts'

/** What a shape says: newer files hold a document of ProseMirror, older ones a plain text. */
export const wordsOf = (p: Props): string =>
  (isNode(p.richText) ? richText(p.richText) : textProp(p, 'text')).replace(/\r\n?/g, '\n').trimEnd()

interface Node {
  readonly type?: unknown
  readonly text?: unknown
  readonly content?: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

const childrenOf = ({ content }: Node): readonly Node[] =>
  Array.isArray(content) ? content.filter(isNode) : []

/** Nesting of lists and paragraphs that is followed. */
const DEEPEST = 50

const richText = (node: Node): string => blocksOf(node, 0).join('\n')

/** The lines of a document, a list or a paragraph. */
function blocksOf(node: Node, depth: number): readonly string[] {
  if (depth > DEEPEST) return []
  const children = childrenOf(node)
  switch (node.type) {
    case 'bulletList':
      return children.flatMap(item => listed(item, '• ', depth))
    case 'orderedList':
      return children.flatMap((item, i) => listed(item, `${i + 1}. `, depth))
    case 'paragraph':
    case 'heading':
    case 'codeBlock':
      return [children.map(inlineText).join('')]
    default:
      return typeof node.text === 'string'
        ? [node.text]
        : children.flatMap(child => blocksOf(child, depth + 1))
  }
}

function listed(item: Node, mark: string, depth: number): readonly string[] {
  const indent = ' '.repeat(mark.length)
  return childrenOf(item)
    .flatMap(child => blocksOf(child, depth + 1))
    .map((line, i) => (i === 0 ? mark : indent) + line)
}

const inlineText = (node: Node): string =>
  typeof node.text === 'string' ? node.text : node.type === 'hardBreak' ? '\n' : ''
