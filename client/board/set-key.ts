import * as Y from 'yjs'
import { isUpgradeId } from './upgrade-ids.ts'

/**
 * Sets a key for a person. A value that an upgrade wrote is not built upon: the new one follows what the upgrade replaced.
 * Otherwise the upgrade of another device, made in ignorance of both, could be taken for the later one, and what the person
 * did be gone.
 */
export function setKey(map: Y.Map<unknown>, key: string, value: unknown): void {
  const { doc } = map
  let before = map._map.get(key) ?? null
  if (!doc || !before || !isUpgradeId(before.id.client) || isUpgradeId(doc.clientID)) {
    map.set(key, value)
    return
  }
  while (before && isUpgradeId(before.id.client)) before = before.left
  const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
  const content = value instanceof Uint8Array ? new Y.ContentBinary(value) : new Y.ContentAny([value])
  const item = new Y.Item(id, before, before?.lastId ?? null, null, null, map, key, content)
  Y.transact(doc, transaction => item.integrate(transaction, 0))
}
