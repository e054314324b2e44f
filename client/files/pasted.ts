import * as v from 'valibot'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { FileError } from './error.ts'
import type { Imported } from './imported.ts'
import { readMermaid } from './mermaid.ts'
import { unpackLz } from './tldr/lz.ts'
import { readTldrContent } from './tldr.ts'

export { readMermaid }

const content = v.object({
  kind: v.literal('content'),
  data: v.union([v.string(), v.looseObject({ otherCompressed: v.optional(v.string()) })]),
})

/** What was copied in tldraw, from the HTML that it leaves on the clipboard. Throws a FileError when that cannot be read. */
export function readTldrawHtml(html: string, lineWidth: LineWidth): Imported {
  const inner = /<div data-tldraw[^>]*>([\s\S]*?)<\/div>/.exec(html)?.[1] ?? ''
  const imported = readTldrContent(contentOf(unescaped(inner)), lineWidth)
  if (imported) return imported
  throw new FileError(
    'What was copied in tldraw cannot be read.',
    '',
    'Save it there as a file, and open that.',
  )
}

/** Once all of it was packed; then none of it, and now all but the images. */
function contentOf(text: string): unknown {
  const json = parsedJson(text) ?? parsedJson(unpackLz(text) ?? '')
  const parsed = v.safeParse(content, json)
  if (!parsed.success) return undefined
  const { data } = parsed.output
  if (typeof data === 'string') return parsedJson(data) ?? parsedJson(unpackLz(data) ?? '')
  if (data.otherCompressed === undefined) return data
  const other = parsedJson(unpackLz(data.otherCompressed) ?? '')
  return typeof other === 'object' && other !== null ? { ...other, assets: data.assets } : undefined
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00a0',
  amp: '&',
}

/** Browsers clean what is put on the clipboard as HTML, and write some characters by their names. */
const unescaped = (html: string): string =>
  html.replace(/&(#39|\w+);/g, (whole, name) => ENTITIES[name] ?? whole)

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
