import type { Vec } from '../../shared/geometry/vec.ts'

/** A drawing that the person keeps on this device, for all boards. */
export interface LibraryItem {
  readonly id: string
  readonly name: string
  /** What is written in it. */
  readonly words: string
}

/** The drawings that the person keeps, once they are read. What goes wrong is told to the person. */
export interface ShapeLibrary {
  /** What was added last comes first. A new array after each change. */
  readonly items: readonly LibraryItem[]
  /** For the `accept` of a file chooser. */
  readonly accept: string
  /** Keeps what is selected. Resolves to its id, or to undefined when it was not kept. */
  addSelection(): Promise<string | undefined>
  /** Puts an item on the board around `at` (world space), or in the middle of the view, as one undo step. */
  insert(id: string, at?: Vec): Promise<void>
  rename(id: string, name: string): void
  /** Offers the person to take it back. */
  remove(id: string): void
  /** Adds what libraries of Excalidraw hold. */
  importFiles(files: readonly File[]): Promise<void>
  /** Has the browser save one item as a library of Excalidraw, or all. */
  exportFile(id?: string): Promise<void>
  /** As it looks on a clear ground; null where that cannot be drawn. */
  picture(id: string, theme: 'light' | 'dark'): Promise<Blob | null>
  subscribe(listener: () => void): () => void
}

/** What reads the library when it is first asked for. */
export interface LibraryKeeper {
  /** Rejects when it cannot be read, which the person was then told. */
  open(): Promise<ShapeLibrary>
}
