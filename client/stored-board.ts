import { newDocument } from './board/document.ts'
import type { LocalState, LocalStore } from './sync/local-store.ts'
import { linkTabs } from './sync/tab-link.ts'

type Doc = ReturnType<typeof newDocument>

/**
 * Opens a board of this device for as long as `use` takes, wherever else it may be open. Rejects, in words for the person, when it
 * cannot be read; of a damaged one `use` gets what could be read.
 */
export async function withStored<T>(
  store: LocalStore,
  id: string,
  use: (doc: Doc) => T | Promise<T>,
): Promise<T> {
  const { result } = await opened(store, id, use)
  return result
}

/**
 * As `withStored`, to write: tabs that have the board open show at once what changed. Resolves when it is saved on this device, and
 * rejects when it could not be.
 */
export async function changeStored<T>(
  store: LocalStore,
  id: string,
  change: (doc: Doc) => T | Promise<T>,
): Promise<T> {
  const { result, state } = await opened(store, id, async doc => {
    const stop = linkTabs(doc, id)
    try {
      return await change(doc)
    } finally {
      stop()
    }
  })
  check(state)
  return result
}

/** `state` is that after everything was written. */
async function opened<T>(
  store: LocalStore,
  id: string,
  use: (doc: Doc) => T | Promise<T>,
): Promise<{ readonly result: T; readonly state: LocalState }> {
  const doc = newDocument()
  const stored = store.open(doc, id)
  let result: T
  try {
    await stored.loaded
    check(stored.state)
    result = await use(doc)
  } finally {
    await stored.close()
    doc.destroy()
  }
  return { result, state: stored.state }
}

/** What could not be read of a damaged board stays where it is; the rest is written and read as ever. */
function check(state: LocalState): void {
  if (state.at === 'failed' && state.reason !== 'corrupt') throw new Error(state.message)
}
