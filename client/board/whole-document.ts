import * as Y from 'yjs'
import { checkIncoming } from '../../shared/protocol/document-gate.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { type Incoming, readUpdate, type Struct } from '../../shared/protocol/incoming.ts'
import { integrate } from '../../shared/protocol/integrate.ts'
import { propOf, propsOf, SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { newDocument } from './document.ts'
import { readShapeMap } from './shape-map.ts'
import { marksOf, newText } from './text-marks.ts'

/** A document that a board may not take. The message is for the person; `where` is a place in the document, or ''. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'

  constructor(
    message: string,
    readonly where = '',
  ) {
    super(message)
  }
}

/**
 * All of a document, as an update of Yjs in V2. What was deleted is not in it, even while an undo could bring it back: another
 * document, which nobody undoes, does not keep it.
 */
export function wholeDocument(doc: Y.Doc): Uint8Array {
  const settled = newDocument()
  Y.applyUpdateV2(settled, Y.encodeStateAsUpdateV2(doc))
  const whole = Y.encodeStateAsUpdateV2(settled)
  settled.destroy()
  return whole
}

/** A document out of what `wholeDocument` gave. Throws a DocumentError: see `mergeDocument`. */
export function documentOf(whole: Uint8Array): Y.Doc {
  const doc = newDocument()
  mergeDocument(doc, whole)
  return doc
}

/**
 * Merges all of another document into `doc`, which loses nothing by it. Throws a DocumentError, before anything has changed, when
 * the bytes are no whole document or one that the relay would not take from an editor: then it would refuse ours, too.
 */
export function mergeDocument(doc: Y.Doc, whole: Uint8Array): void {
  let incoming: Incoming | undefined
  try {
    incoming = readUpdate(doc, Y.convertUpdateFormatV2ToV1(whole))
    if (!incoming.isComplete) throw new DocumentError('A part of the board is missing.')
    checkIncoming(doc, incoming, 'editor')
    integrate(doc, incoming)
  } catch (error) {
    if (error instanceof DocumentError) throw error
    if (!(error instanceof ProtocolError)) throw new DocumentError('It is no board.')
    throw error.where === 'meta/schema' || incoming?.structs.some(saysNewer)
      ? new DocumentError('It was written by a newer version of Driftboard. Reload this page to update.')
      : new DocumentError(error.message, error.where)
  }
}

/** Whether `documentOf` would take it. */
export function isSound(whole: Uint8Array): boolean {
  try {
    documentOf(whole).destroy()
    return true
  } catch (error) {
    if (error instanceof DocumentError) return false
    throw error
  }
}

/** Whether this is a board's word that a newer version wrote it. */
function saysNewer(struct: Struct): boolean {
  if (!(struct instanceof Y.Item) || struct.parentSub !== 'schema') return false
  return (
    struct.content instanceof Y.ContentAny && struct.content.arr.some(version => version > SCHEMA_VERSION)
  )
}

/**
 * Puts what is on the board of `from` into the empty document `to`, as if it had been drawn there at `now` (ms since the epoch):
 * without what was there before and is deleted. Returns how many shapes are left out because this version cannot read them.
 */
export function copyContent(from: Y.Doc, to: Y.Doc, title: string, now: number): number {
  const shapes = from.getMap('shapes')
  let leftOut = 0
  to.transact(() => {
    for (const [id, held] of shapes) {
      const copy = copyOfShape(id, held)
      if (copy) to.getMap('shapes').set(id, copy)
      else leftOut++
    }
    const schema = from.getMap('meta').get('schema')
    const meta = to.getMap('meta')
    meta.set('title', title)
    meta.set('schema', typeof schema === 'number' ? schema : SCHEMA_VERSION)
    meta.set('created', now)
  })
  return leftOut
}

/** Only whole shapes, and of each only the keys that are known: the relay would refuse a new board with others. */
function copyOfShape(id: string, held: unknown): Y.Map<unknown> | undefined {
  const shape = readShapeMap(id, held)
  if (shape.type === 'unreadable' || !(held instanceof Y.Map)) return undefined
  const copy = new Y.Map<unknown>()
  for (const [key, value] of held.entries() as IterableIterator<[string, unknown]>) {
    if (!propOf(propsOf(shape.type), key)) continue
    copy.set(key, value instanceof Y.Text ? newText(value.toString(), marksOf(value)) : value)
  }
  return copy
}
