import type * as Y from 'yjs'
import { checkIncoming } from '../../shared/protocol/document-gate.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { readUpdate } from '../../shared/protocol/incoming.ts'
import { integrate } from '../../shared/protocol/integrate.ts'
import type { PeerMessage } from './peer-message.ts'

type Change = Extract<PeerMessage, { readonly type: 'syncStep2' | 'update' }>

/**
 * Applies a change that came from another and not through the relay. Returns false for one that builds on something
 * missing. Of such an update nothing is taken: Yjs would delete a value before it has the new one, tell others so, and keep
 * the rest unchecked until it fits. A sync step 2 is all that its sender has; of that, what fits is taken.
 *
 * Throws ProtocolError for what the relay would not take from an editor, so that its sender can be dropped; an error of one
 * of our own observers is no fault of the sender and goes to the window instead.
 */
export function applyForeignUpdate(doc: Y.Doc, { type, update }: Change, origin: unknown): boolean {
  const incoming = readUpdate(doc, update)
  checkIncoming(doc, incoming, 'editor')
  if (type === 'update' && !incoming.isComplete) return false
  try {
    integrate(doc, incoming, origin)
  } catch (error) {
    if (error instanceof ProtocolError) throw error
    queueMicrotask(() => {
      throw error
    })
  }
  return incoming.isComplete
}
