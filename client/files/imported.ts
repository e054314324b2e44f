import type { Box } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import type { Notice } from './notices.ts'

/** What a file holds, ready to be placed on a board with `placeImported`. */
export interface Imported {
  /** From the bottom to the top. Ids, group ids and order keys are provisional, positions are the file's own. */
  readonly shapes: readonly KnownShape[]
  /** Around all shapes, in the file's own space; undefined when there are none. */
  readonly bounds: Box | undefined
  /** The images of its shapes as the file holds them, under the provisional name that is their `asset`. */
  readonly images: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  /** What could not be shown as it was. */
  readonly notices: readonly Notice[]
}

/** One kind of file. */
export interface FileFormat {
  /** With the dot, lower case. */
  readonly extension: string
  readonly mime: string
  /** Whether a parsed JSON document is of this kind, whatever its file is called. */
  recognises(json: unknown): boolean
  /** Throws a FileError when nothing of it can be read; what fails in part is counted in the notices. */
  read(json: unknown, lineWidth: LineWidth): Imported
}
