import { tellMissingPart } from './app/index.ts'
import type { LibraryKeeper } from './editor/shape-library.ts'
import type { LibraryParts, OpenLibrary } from './library-open.ts'

/** The drawings that the person keeps for all boards, read when they are first asked for from this one. */
export function boardLibrary(parts: LibraryParts): LibraryKeeper & { close(): void } {
  let opened: Promise<OpenLibrary> | undefined
  let isClosed = false
  async function open(): Promise<OpenLibrary> {
    const { OpenLibrary } = await import('./library-open.ts')
    const library = new OpenLibrary(parts)
    if (isClosed) library.close()
    await library.loaded
    return library
  }
  return {
    open() {
      opened ??= open().catch((error: unknown) => {
        opened = undefined
        tellMissingPart(parts.device.notices, 'The library', () => parts.editor().run('library'))
        throw error
      })
      return opened
    },
    close() {
      isClosed = true
      void opened?.then(
        library => library.close(),
        () => {},
      )
    },
  }
}
