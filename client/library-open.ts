import type { Vec } from '../shared/geometry/vec.ts'
import { compareOrder } from '../shared/schema/order.ts'
import type { KnownShape } from '../shared/shapes/index.ts'
import { newId } from '../shared/util/ids.ts'
import { newDocument } from './board/document.ts'
import { boardText } from './board/preview-text.ts'
import { type KeptDrawing, KeptDrawings } from './board/shape-library.ts'
import type { BoardImages } from './board-images.ts'
import { followLibrary } from './board-under-way.ts'
import type { Device } from './device.ts'
import { download } from './download.ts'
import { pasteText } from './editor/actions.ts'
import { clipOf, shapesText } from './editor/clipboard.ts'
import type { Editor } from './editor/editor.ts'
import { withContents } from './editor/frames.ts'
import type { LibraryItem, ShapeLibrary } from './editor/shape-library.ts'
import { LIBRARY_ACCEPT, libraryFile, readLibraryFile } from './library-files.ts'
import { LIBRARY_LIMITS, LIBRARY_NAME, nameFor, newDrawings } from './library-items.ts'
import { LibraryPictures } from './library-pictures.ts'
import type { StoredBoard } from './sync/local-store.ts'
import { linkTabs } from './sync/tab-link.ts'

export interface LibraryParts {
  readonly device: Pick<Device, 'clock' | 'fontsLoaded' | 'notices' | 'random' | 'store' | 'underWay'>
  readonly images: Pick<BoardImages, 'assets'>
  readonly editor: () => Editor
}

interface ReadItem extends LibraryItem {
  readonly text: string
  readonly shapes: readonly KnownShape[]
}

/** The drawings that the person keeps on this device, while a board is open. */
export class OpenLibrary implements ShapeLibrary {
  readonly accept = LIBRARY_ACCEPT
  /** Resolves once it holds what the device has; also when that failed, which the person is told. */
  readonly loaded: Promise<void>
  readonly #parts: LibraryParts
  readonly #doc = newDocument()
  readonly #kept = new KeptDrawings(this.#doc)
  readonly #stored: StoredBoard
  readonly #pictures: LibraryPictures
  readonly #listeners = new Set<() => void>()
  readonly #stops: readonly (() => void)[]
  #items: readonly ReadItem[] = []

  constructor(parts: LibraryParts) {
    const { fontsLoaded, notices, store, underWay } = parts.device
    this.#parts = parts
    this.#stored = store.open(this.#doc, LIBRARY_NAME)
    this.#pictures = new LibraryPictures(fontsLoaded)
    const kept = this.#kept
    this.#stops = [
      this.#stored.subscribe(state => {
        if (state.at === 'failed') notices.error(`The library is not saved. ${state.message}`)
      }),
      linkTabs(this.#doc, LIBRARY_NAME),
      kept.subscribe(() => this.#read()),
      followLibrary(underWay, this.#stored, {
        get entries() {
          return kept.all
        },
        subscribe: listener => kept.subscribe(listener),
      }),
    ]
    this.loaded = this.#stored.loaded
  }

  /** Everything is written before its promise resolves; nobody has to wait for that. */
  close(): void {
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
    this.#pictures.clear()
    void this.#stored.close('kept').then(() => this.#doc.destroy())
  }

  get items(): readonly LibraryItem[] {
    return this.#items
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async addSelection(): Promise<string | undefined> {
    const { notices } = this.#parts.device
    const editor = this.#parts.editor()
    const shapes = withContents(editor.selected, editor.board).toSorted(compareOrder)
    if (shapes.length === 0) return undefined
    const found = await this.#imagesOf(shapes)
    const name = nameFor(shapes, editor.tools)
    const { added, problem } = this.#add([{ name, text: shapesText(shapes), images: found }])
    if (problem) notices.error(problem)
    else if (added.length === 0) notices.info('The library has this already.')
    else if (this.#listeners.size === 0) {
      notices.info(`“${name}” is in the library, for all boards on this device.`, {
        label: 'Show',
        run: () => editor.run('library'),
      })
    }
    return added[0]
  }

  async insert(id: string, at?: Vec): Promise<void> {
    const { device, images, editor } = this.#parts
    const target = editor()
    const { readOnly } = target.board
    const kept = this.#kept.get(id)
    if (!kept) return
    if (readOnly !== undefined) {
      device.notices.info(`Nothing can be added here. ${readOnly}`)
      return
    }
    if (!clipOf(kept.text)?.shapes.length) {
      device.notices.error(`“${kept.name}” was made by a newer version. Reload the page to get that.`)
      return
    }
    for (const bytes of Object.values(kept.images)) await images.assets.put(bytes)
    const { unreadable } = pasteText(target, kept.text, at)
    if (unreadable > 0)
      device.notices.info(`${unreadable} of its shapes were left out: a newer version made them.`)
  }

  rename(id: string, name: string): void {
    this.#kept.rename(id, name.trim().slice(0, LIBRARY_LIMITS.name))
  }

  remove(id: string): void {
    const kept = this.#kept.get(id)
    if (!kept) return
    this.#kept.remove([id])
    this.#parts.device.notices.info(`“${kept.name}” is no longer in the library.`, {
      label: 'Undo',
      run: () => this.#kept.add([kept]),
    })
  }

  async importFiles(files: readonly File[]): Promise<void> {
    const { fontsLoaded, notices } = this.#parts.device
    // Labels are measured while a file is read.
    await fontsLoaded
    for (const file of files) {
      try {
        const { items, left } = await readLibraryFile(file, this.#parts.editor().lineWidth)
        const { added, problem } = this.#add(
          items.map(({ name, shapes }) => ({
            name: name || nameFor(shapes, this.#parts.editor().tools),
            text: shapesText(shapes),
            images: {},
          })),
        )
        if (problem) notices.error(`${file.name}: ${problem}`)
        else
          notices.info(
            importText(file.name, added.length, items.length - added.length, left),
            this.#undoOf(added),
          )
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        notices.error(message.includes(file.name) ? message : `${file.name}: ${message}`)
      }
    }
  }

  async exportFile(id?: string): Promise<void> {
    const { clock, notices } = this.#parts.device
    const chosen = this.#items.filter(item => id === undefined || item.id === id)
    try {
      const { file, name, left } = libraryFile(chosen, clock.now(), this.#parts.editor().lineWidth)
      download(file, name)
      if (left !== '') notices.info(left)
    } catch (error) {
      notices.error(`The file could not be made. ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async picture(id: string, theme: 'light' | 'dark'): Promise<Blob | null> {
    const shapes = this.#items.find(item => item.id === id)?.shapes
    if (!shapes) return null
    const drawn = await this.#pictures.of(id, shapes, () => this.#kept.get(id)?.images ?? {})
    return drawn?.[theme] ?? null
  }

  #undoOf(added: readonly string[]) {
    return added.length === 0 ? undefined : { label: 'Undo', run: () => this.#kept.remove(added) }
  }

  #add(given: readonly Pick<KeptDrawing, 'name' | 'text' | 'images'>[]) {
    const { clock, random } = this.#parts.device
    const made = newDrawings(given, this.#items, { now: clock.now(), newId: () => newId(random) })
    this.#kept.add(made.drawings)
    return { added: made.drawings.map(({ id }) => id), problem: made.problem }
  }

  async #imagesOf(shapes: readonly KnownShape[]): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
    const found: Record<string, Uint8Array<ArrayBuffer>> = {}
    for (const shape of shapes) {
      if (shape.type !== 'image' || found[shape.asset]) continue
      const bytes = await this.#parts.images.assets.get(shape.asset)
      if (bytes) found[shape.asset] = bytes
    }
    return found
  }

  /** Reads anew only what is new: the shapes of an item never change. */
  #read(): void {
    const known = new Map(this.#items.map(item => [item.id, item]))
    this.#items = this.#kept.all.map(({ id, name, text }): ReadItem => {
      const before = known.get(id)
      if (before?.text === text) return before.name === name ? before : { ...before, name }
      const shapes = clipOf(text)?.shapes ?? []
      return { id, name, text, shapes, words: boardText(shapes) }
    })
    for (const listener of this.#listeners) listener()
  }
}

const counted = (count: number): string =>
  count === 1 ? 'One item was' : `${count.toLocaleString('en')} items were`

function importText(name: string, added: number, known: number, left: string): string {
  const again = known === 0 ? '' : `${counted(known)} there already.`
  const came = added === 0 && known > 0 ? '' : `${counted(added)} added from ${name}.`
  return [added + known === 0 ? `There is nothing in ${name} that can be shown.` : came, again, left]
    .filter(Boolean)
    .join(' ')
}
