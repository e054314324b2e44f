import * as Y from 'yjs'
import { commentProps } from '../schema/comment.ts'
import { isEntryId } from '../schema/entry-id.ts'
import { metaProps } from '../schema/meta.ts'
import { isStorable, type Prop, type Props } from '../schema/prop.ts'
import { propOf, propsOf } from '../schema/read.ts'
import { isShapeType } from '../shapes/index.ts'
import { isFormat } from './format-gate.ts'

/**
 * The places in a document that do not fit the schema; none in one that only took what `checkIncoming` lets pass. A key that
 * is missing is no problem of the document: readers show a placeholder.
 */
export function documentProblems(doc: Y.Doc): string[] {
  const roots = ['shapes', 'comments', 'meta'] as const
  const [shapes, comments, meta] = roots.map(root => doc.getMap(root)) as [Map, Map, Map]
  return [
    ...[...doc.share.keys()].filter(root => !roots.some(known => known === root)),
    ...roots.filter(root => doc.getMap(root)._start !== null),
    ...entryProblems('shapes', shapes, shape => {
      const type: unknown = shape.get('type')
      return isShapeType(type) ? propsOf(type) : null
    }),
    ...entryProblems('comments', comments, () => commentProps),
    ...keyProblems('meta', meta, metaProps),
  ]
}

type Map = Y.Map<unknown>

function entryProblems(root: string, entries: Map, propsFor: (entry: Map) => Props | null): string[] {
  return [...entries.entries()].flatMap(([id, entry]) => {
    const where = `${root}/${id}`
    if (!isEntryId(id) || !(entry instanceof Y.Map) || entry._start !== null) return [where]
    const props = propsFor(entry)
    return props ? keyProblems(where, entry, props) : [`${where}/type`]
  })
}

function keyProblems(where: string, map: Map, props: Props): string[] {
  const keys = [...map.entries()].filter(([key, value]) => !fits(propOf(props, key), value))
  return keys.map(([key]) => `${where}/${key}`)
}

function fits(p: Prop<unknown> | undefined, value: unknown): boolean {
  if (!p) return false
  if (!p.isText) return isStorable(p, value)
  return value instanceof Y.Text && value._map.size === 0 && isStorable(p, plainText(value))
}

/** The characters of a text; null when it holds anything but letters and their looks. */
function plainText(text: Y.Text): string | null {
  const parts: { insert: unknown; attributes?: object }[] = text.toDelta()
  const isPlain = parts.every(
    ({ insert, attributes = {} }) =>
      typeof insert === 'string' && Object.entries(attributes).every(([key, value]) => isFormat(key, value)),
  )
  return isPlain ? text.toString() : null
}
