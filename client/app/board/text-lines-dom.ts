import { STYLE, type TextStyle } from '../../../shared/geometry/marks.ts'
import { placeIn, readEditable } from '../model/editable-text.ts'
import type { TextFrame } from '../model/text-frame.ts'
import { lineStyle, type TextLine } from '../model/text-lines.ts'

/** What an editable element holds, and what is selected of it; UTF-16 offsets. */
export interface Typed {
  readonly text: string
  readonly from: number
  readonly to: number
  readonly isBackward: boolean
}

/** Browsers that know it let nothing but letters in. */
export const EDITABLE: 'plaintext-only' | 'true' = (() => {
  const probe = document.createElement('div')
  probe.setAttribute('contenteditable', 'plaintext-only')
  return probe.contentEditable === 'plaintext-only' ? 'plaintext-only' : 'true'
})()

/** Shows `lines` in the element, of which only those are touched that look otherwise. Returns whether any did. */
export function showLines(root: HTMLElement, lines: readonly TextLine[], frame: TextFrame): boolean {
  const width = frame.width - 2 * frame.padding
  const isMirrored = root.dir === 'rtl'
  let changed = false
  for (const [i, line] of lines.entries()) {
    const shown = root.childNodes[i]
    const isRight = shown !== undefined && shows(shown, line)
    const block = isRight ? (shown as HTMLElement) : lineElement(line)
    const style = lineStyle(line, { ...frame, width }, isMirrored)
    // Setting what is there already would cost a layout.
    for (const key of ['paddingInlineStart', 'textIndent', 'textAlign'] as const)
      if (block.style[key] !== style[key]) block.style[key] = style[key]
    if (isRight) continue
    changed = true
    if (shown) shown.replaceWith(block)
    else root.append(block)
  }
  while (root.childNodes.length > lines.length) {
    root.lastChild?.remove()
    changed = true
  }
  return changed
}

function shows(node: ChildNode, { runs }: TextLine): boolean {
  if (!(node instanceof HTMLDivElement)) return false
  const { childNodes } = node
  if (runs.length === 0) return childNodes.length === 1 && node.firstChild instanceof HTMLBRElement
  return (
    childNodes.length === runs.length &&
    runs.every(({ text, style }, i) => {
      const child = childNodes[i]
      if (child?.textContent !== text) return false
      if (style === 0) return child instanceof Text
      return child instanceof HTMLSpanElement && child.className === classOf(style) && isPlain(child)
    })
  )
}

const isPlain = ({ childNodes, firstChild }: HTMLElement): boolean =>
  childNodes.length === 1 && firstChild instanceof Text

function lineElement({ runs }: TextLine): HTMLElement {
  const block = document.createElement('div')
  if (runs.length === 0) block.append(document.createElement('br'))
  for (const { text, style } of runs) {
    if (style === 0) block.append(text)
    else {
      const span = document.createElement('span')
      span.className = classOf(style)
      span.append(text)
      block.append(span)
    }
  }
  return block
}

const CLASSES = Object.entries(STYLE)

const classOf = (style: TextStyle): string =>
  CLASSES.filter(([, bit]) => (style & bit) !== 0)
    .map(([name]) => name)
    .join(' ')

/** Selects the letters from `from` to `to`, of which the element shows `lines`. */
export function selectLetters(
  root: HTMLElement,
  lines: readonly TextLine[],
  { from, to, isBackward }: Omit<Typed, 'text'>,
): void {
  const [start, end] = [from, to].map(offset => {
    const { line, run, at } = placeIn(lines, offset)
    const block = root.childNodes[line] ?? root
    const child = block.childNodes[run]
    const text = child instanceof HTMLSpanElement ? child.firstChild : child
    return text instanceof Text ? ([text, at] as const) : ([block, 0] as const)
  })
  const [anchor, focus] = isBackward ? [end, start] : [start, end]
  if (anchor && focus) document.getSelection()?.setBaseAndExtent(anchor[0], anchor[1], focus[0], focus[1])
}

interface Ends {
  readonly anchorNode: Node | null
  readonly anchorOffset: number
  readonly focusNode: Node | null
  readonly focusOffset: number
}

/** The selection as it is within a shadow root: Chromium has it there, others tell it in a range, or in the document's. */
function selectionWithin(root: Node): Ends | null {
  const own = root as Node & { getSelection?: () => Selection | null }
  if (own.getSelection) return own.getSelection()
  const selection = document.getSelection() as
    | (Selection & { getComposedRanges?: (options: { shadowRoots: Node[] }) => StaticRange[] })
    | null
  const [range] = selection?.getComposedRanges?.({ shadowRoots: [root] }) ?? []
  if (!selection || !range) return selection
  const start = [range.startContainer, range.startOffset] as const
  const end = [range.endContainer, range.endOffset] as const
  const [anchor, focus] = selection.direction === 'backward' ? [end, start] : [start, end]
  return { anchorNode: anchor[0], anchorOffset: anchor[1], focusNode: focus[0], focusOffset: focus[1] }
}

/** What the element holds by now; its end is selected where the selection is elsewhere. */
export function readTyped(root: HTMLElement): Typed {
  const ends = selectionWithin(root.getRootNode())
  const { text, offsets } = readEditable(root, [
    { node: ends?.anchorNode ?? null, offset: ends?.anchorOffset ?? 0 },
    { node: ends?.focusNode ?? null, offset: ends?.focusOffset ?? 0 },
  ])
  const anchor = offsets[0] ?? text.length
  const focus = offsets[1] ?? text.length
  return { text, from: Math.min(anchor, focus), to: Math.max(anchor, focus), isBackward: focus < anchor }
}
