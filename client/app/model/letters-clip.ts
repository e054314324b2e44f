import {
  type Mark,
  type Marks,
  marksBetween,
  marksWithin,
  runsOf,
  STYLE,
} from '../../../shared/geometry/marks.ts'
import type { RichText, TextState } from '../../editor/rich-text.ts'

const TAGS = [
  ['b', STYLE.bold],
  ['i', STYLE.italic],
  ['s', STYLE.strike],
] as const

/** The selected letters for the clipboard: for other programs as text and as HTML, which holds the looks for this one too. */
export function clipOf({ text, marks, from, to }: TextState): {
  readonly text: string
  readonly html: string
} {
  const part = text.slice(from, to)
  const looks = marksBetween(marks, from, to)
  const words = runsOf(part, looks).map(run =>
    TAGS.reduce(
      (html, [tag, bit]) => (run.style & bit ? `<${tag}>${html}</${tag}>` : html),
      escaped(run.text),
    ),
  )
  const own = encodeURIComponent(JSON.stringify({ text: part, marks: looks }))
  return {
    text: part,
    html: `<span data-driftboard="${own}" style="white-space:pre-wrap">${words.join('')}</span>`,
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '\n': '<br>' }

const escaped = (text: string): string => text.replace(/[&<\n]/g, letter => ESCAPES[letter] ?? '')

/** What `clipOf` has put into HTML, whatever the clipboard has made of it; undefined for any other. */
export function readClip(html: string): RichText | undefined {
  const [, own] = /<span[^>]* data-driftboard="([\w%.!~*'()-]*)"/.exec(html) ?? []
  if (own === undefined) return undefined
  try {
    const { text, marks }: { text?: unknown; marks?: unknown } = JSON.parse(decodeURIComponent(own))
    if (typeof text !== 'string' || !Array.isArray(marks) || !marks.every(isMark)) return undefined
    return { text, marks: marksWithin(marks as Marks, text.length) }
  } catch {
    return undefined
  }
}

const LOOKS = STYLE.bold | STYLE.italic | STYLE.strike | STYLE.list

function isMark(value: unknown): value is Mark {
  const { from, to, style } = (value ?? {}) as Partial<Record<keyof Mark, unknown>>
  const isOffset = (at: unknown): at is number => Number.isInteger(at) && Number(at) >= 0
  return isOffset(from) && isOffset(to) && isOffset(style) && style <= LOOKS
}
