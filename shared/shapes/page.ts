import { prop } from '../schema/prop.ts'
import { type Common, commonProps, type ShapeSpec } from './common.ts'

/**
 * A page of the board, in the order of its `z`. It is no figure: it stands for itself in the document, so that its name and place merge
 * like those of shapes. What lies on it names it under `page`.
 */
export interface Page extends Common {
  readonly type: 'page'
  /** Empty for a page that is called by its number. */
  readonly name: string
}

/** UTF-16 code units of the name of a page or a frame. */
export const NAME_LENGTH = 100

export const page: ShapeSpec<Page> = {
  type: 'page',
  props: { type: prop.type('page'), ...commonProps, name: { ...prop.line(0, NAME_LENGTH), fallback: '' } },
  box: ({ pos }) => ({ x: pos[0], y: pos[1], w: 0, h: 0 }),
  touches: () => false,
  resized: () => ({}),
}
