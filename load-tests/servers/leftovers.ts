/** What is still to be undone when this process ends before its time, the latest last. */
const undoings = new Set<() => void>()

/**
 * For what outlives this process unless it is undone: a server, a folder, a mount. It is undone as this process ends, what was made
 * last first: a server is gone before the folder that it writes to. Returns what to call when it is undone already.
 */
export function leftover(undo: () => void): () => void {
  if (undoings.size === 0) process.on('exit', undoAll)
  undoings.add(undo)
  return () => {
    undoings.delete(undo)
    if (undoings.size === 0) process.removeListener('exit', undoAll)
  }
}

function undoAll(): void {
  for (const undo of [...undoings].reverse()) {
    try {
      undo()
    } catch (error) {
      // The others are undone all the same.
      console.error(error instanceof Error ? error.message : String(error))
    }
  }
}
