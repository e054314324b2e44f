import type { Style, ToolName } from './types.ts'

type Own = Pick<Style, 'stroke' | 'width' | 'opacity'>

/** What the highlighter marks with, until the person chooses otherwise. */
const HIGHLIGHTER: Own = { stroke: '#fcc419', width: 8, opacity: 1 }

/** Keeps colour and width of the highlighter apart from those of every other tool: it is no pen of the same ink. */
export class ToolStyles {
  /** Of the side that is not in use. */
  #kept: Own = HIGHLIGHTER

  /** The style of the next shape when the tool changes. */
  swapped(style: Style, from: ToolName, to: ToolName): Style {
    if ((from === 'highlighter') === (to === 'highlighter')) return style
    const next = { ...style, ...this.#kept }
    const { stroke, width, opacity } = style
    this.#kept = { stroke, width, opacity }
    return next
  }
}
