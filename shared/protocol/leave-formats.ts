import type * as Y from 'yjs'

/**
 * Keeps Yjs from tidying the formats of texts after what others wrote. It deletes those that change nothing, in a transaction
 * of its own that looks as if the person here had written it: a reader would be refused for it, every device would write it
 * again, and the time grows with the square of what was deleted. Such formats do no harm, and who marks letters removes them.
 */
export function leaveFormats(doc: Y.Doc): void {
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false
  })
}
