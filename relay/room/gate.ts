import type * as Y from 'yjs'
import { checkUpdate } from '../../shared/protocol/document-gate.ts'
import type { Grant } from '../auth/authorizer.ts'

/** Decides whether a change may enter a board. */
export interface Gate {
  /** Throws ProtocolError to refuse. The update has not touched the document yet; those before it have. */
  admit(doc: Y.Doc, update: Uint8Array, grant: Grant): void
}

/** Admits what a board's document may hold. */
export const rootGate: Gate = { admit: checkUpdate }
