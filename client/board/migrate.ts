import { sha256 } from '@noble/hashes/sha2.js'
import * as Y from 'yjs'
import { metaUpgrade, shapeUpgrade } from '../../shared/schema/migrations/index.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { rawKeys, type ShapeMap } from './shape-map.ts'
import { UPGRADE_IDS } from './upgrade-ids.ts'

/** The origin of upgrades: nobody's gesture, and nothing to undo. */
const UPGRADE = Symbol('upgrade')

interface Write {
  readonly map: Y.Map<unknown>
  readonly key: string
  readonly value: unknown
}

/**
 * Writes what earlier versions have written into a document as this version writes it: one transaction, which nobody can
 * undo, and which ends with the version of the document. Touches nothing else, nothing that is of this version already,
 * and no document of a later version.
 *
 * Two devices of one version that upgrade the same state write the very same update, down to its ids, so that many who open a
 * board at once add to it once. Different states and versions have different ids; the values are equal, but for the version of
 * the document, which the newest version then raises again.
 */
export function upgradeDocument(doc: Y.Doc): void {
  if (isOfLaterVersion(doc)) return
  const writes = writesFor(doc)
  if (writes.length === 0) return
  const id = upgradeId(doc)
  doc.transact(() => {
    const own = doc.clientID
    doc.clientID = id
    try {
      for (const { map, key, value } of writes) map.set(key, value)
    } finally {
      // Before any observer may write.
      doc.clientID = own
    }
  }, UPGRADE)
}

/** Whether a document says that a version after this one wrote it. */
export const isOfLaterVersion = (doc: Y.Doc): boolean => (versionOf(doc) ?? 0) > SCHEMA_VERSION

/** Whether a document says that only versions before this one wrote it. */
export const isOfEarlierVersion = (doc: Y.Doc): boolean => (versionOf(doc) ?? SCHEMA_VERSION) < SCHEMA_VERSION

function versionOf(doc: Y.Doc): number | undefined {
  const version = doc.getMap('meta').get('schema')
  return typeof version === 'number' ? version : undefined
}

/** In an order that all devices have in common, the version of the document last. */
function writesFor(doc: Y.Doc): readonly Write[] {
  const shapes = doc.getMap<ShapeMap>('shapes')
  const meta = doc.getMap('meta')
  // An empty board is begun by its first gesture.
  if (shapes.size === 0 && meta.size === 0) return []
  const ofShapes = [...shapes.entries()]
    .filter(([, map]) => map instanceof Y.Map)
    .map(([id, map]) => ({ id, map, changes: shapeUpgrade(rawKeys(map)) }))
    .filter(({ changes }) => changes.size > 0)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const ofMeta = { map: meta, changes: metaUpgrade(new Map(meta.entries())) }
  return [...ofShapes, ofMeta].flatMap(({ map, changes }) =>
    [...changes].map(([key, value]) => ({ map, key, value })),
  )
}

/**
 * A client id that follows from the state of the document and from this version, and that the document has not seen yet. Another
 * version writes other values: under the same id each device would take its own for the other's, for good.
 */
function upgradeId(doc: Y.Doc): number {
  const state = Y.snapshot(doc)
  const hash = sha256.create().update(Uint8Array.of(SCHEMA_VERSION)).update(Y.encodeSnapshot(state))
  const [high = 0, middle = 0, low = 0] = hash.digest()
  let id = (high << 16) | (middle << 8) | low
  while (state.sv.has(id)) id = (id + 1) % UPGRADE_IDS
  return id
}
