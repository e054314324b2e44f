import * as Y from 'yjs'
import { packInk } from '../geometry/ink.ts'
import { LIMITS } from '../schema/limits.ts'

type Keys = Readonly<Record<string, unknown>>

/** A map of keys; a text has to be given as a Y.Text. */
function add(doc: Y.Doc, root: 'shapes' | 'comments', id: string, keys: Keys): Y.Map<unknown> {
  const map = new Y.Map<unknown>()
  doc.transact(() => {
    doc.getMap(root).set(id, map)
    for (const [key, value] of Object.entries(keys)) if (value !== undefined) map.set(key, value)
  })
  return map
}

/** What a person who draws a rectangle puts into a document. A key given as undefined is left out. */
export const addRectangle = (doc: Y.Doc, id: string, keys: Keys = {}): Y.Map<unknown> =>
  add(doc, 'shapes', id, {
    type: 'rectangle',
    pos: [1, 2],
    size: [30, 40],
    z: 'a0',
    text: new Y.Text(),
    ...keys,
  })

/** A stroke of about so many bytes. */
export const addStroke = (doc: Y.Doc, id: string, bytes: number, keys: Keys = {}): Y.Map<unknown> =>
  add(doc, 'shapes', id, {
    type: 'ink',
    pos: [1, 2],
    size: [0, 0],
    z: 'a0',
    ink: packInk({ points: Array.from({ length: bytes >> 1 }, () => [0, 0] as const), pressures: null }),
    ...keys,
  })

/** As many of the largest strokes as take so many bytes together. */
export function addStrokes(doc: Y.Doc, prefix: string, bytes: number): void {
  const largest = LIMITS.inkBytes - 10
  for (let at = 0; at * largest < bytes; at += 1) addStroke(doc, `${prefix}-${at}`, largest)
}

export const addComment = (doc: Y.Doc, id: string, keys: Keys = {}): Y.Map<unknown> =>
  add(doc, 'comments', id, {
    author: 'Ann',
    text: 'Why so red?',
    at: 1_700_000_000_000,
    pos: [0, 0],
    ...keys,
  })

/** The update that takes a document from where it is to what `write` makes of it. */
export function changeBy(doc: Y.Doc, write: (doc: Y.Doc) => void): Uint8Array {
  const changes: Uint8Array[] = []
  const collect = (change: Uint8Array) => changes.push(change)
  doc.on('update', collect)
  doc.transact(() => write(doc))
  doc.off('update', collect)
  return Y.mergeUpdates(changes)
}

/** A document with what others hold too, and a client id of its own. */
export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
