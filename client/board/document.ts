import * as Y from 'yjs'
import { leaveFormats } from '../../shared/protocol/leave-formats.ts'
import { isUpgradeId, UPGRADE_IDS } from './upgrade-ids.ts'

/** An empty document, for a board or for the library. */
export function newDocument(): Y.Doc {
  const doc = new Y.Doc()
  if (isUpgradeId(doc.clientID)) doc.clientID += UPGRADE_IDS
  leaveFormats(doc)
  return doc
}
