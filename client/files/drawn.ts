import type { Box } from '../../shared/geometry/box.ts'
import type { TextStyle } from '../../shared/geometry/marks.ts'
import type { FontName } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'

/** What a shape looks like in a picture, each colour as it is to be shown. Lengths in world units. */
export interface DrawnShape {
  /** Where its own space begins, which is turned by `rot` radians about `centre`; both in world space. */
  readonly pos: Vec
  readonly rot: number
  readonly centre: Vec
  /** 0 to 1. */
  readonly opacity: number
  /** Polygons that it is cut off by, in world space. */
  readonly clips: readonly (readonly Vec[])[]
  /** In its own space, the bottom one first. */
  readonly areas: readonly { readonly contour: readonly Vec[]; readonly colour: string }[]
  readonly texts: readonly DrawnText[]
  readonly picture: DrawnPicture | undefined
  /** An address; empty for none. */
  readonly link: string
}

/** In the space of its shape. */
export interface DrawnText {
  readonly font: FontName
  readonly fontSize: number
  readonly colour: string
  /** Lines, or parts of lines where the look of the letters changes. `x` is where they begin, `y` their baseline. */
  readonly lines: readonly {
    readonly text: string
    readonly x: number
    readonly y: number
    readonly w: number
    /** Whether they are bold or in italics; a line through them is an area of the shape. */
    readonly style?: TextStyle
  }[]
}

/** In the space of its shape. */
export interface DrawnPicture {
  readonly asset: string
  readonly size: Vec
  readonly flip: readonly [x: boolean, y: boolean]
  /** The part that shows, as shares of the whole. */
  readonly crop: readonly [x: number, y: number, w: number, h: number]
}

/** A picture to be made. */
export interface Sheet {
  /** What of the world it shows. */
  readonly box: Box
  /** `#rrggbb`; null for none. */
  readonly background: string | null
  /** The bottom one first. */
  readonly shapes: readonly DrawnShape[]
}

/** The bytes of an image, by its asset. */
export interface Picture {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
