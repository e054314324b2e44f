import * as Y from 'yjs'

/** An empty document, for a board or for the library. */
export const newDocument = (): Y.Doc => new Y.Doc()
