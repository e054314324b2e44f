import type { Page } from '../../../shared/shapes/page.ts'
import type { ShapeKit } from '../kit.ts'

/** No figure: the board's layer of pages keeps it out of sight, and elsewhere it shows nothing. */
export const page: ShapeKit<Page> = { view: { areas: () => [] } }
