import type { ShapeId } from '../../shared/shapes/index.ts'

export const EXPORT_FORMATS = ['png', 'svg', 'pdf', 'excalidraw', 'excalidrawlib'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What of the page is exported: all of it, what is selected, what a frame shows, or what each of them does, a page for each. */
export type ExportScope = 'page' | 'frames' | 'selection' | `frame:${ShapeId}`

export interface ExportOptions {
  readonly format: ExportFormat
  readonly scope: ExportScope
  /** Pixels of a PNG for a world unit. */
  readonly scale: number
  /** Whether it has the colour of the board behind it. */
  readonly background: boolean
  readonly dark: boolean
  /** Whether a picture carries the shapes along, so that it opens again. */
  readonly embed: boolean
}

/** Makes files of what is on the board. All of it rejects with what is wrong, in words for the person. */
export interface Exporter {
  make(options: ExportOptions): Promise<Blob>
  /** Has the browser save the file. */
  save(options: ExportOptions): Promise<void>
  /** Puts a PNG or the text of any other format on the clipboard, and says so. */
  copy(options: ExportOptions): Promise<void>
}
