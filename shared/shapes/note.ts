import { type Box, boxContainsPoint, grow } from '../geometry/box.ts'
import { LINE_HEIGHT, type LineWidth, layoutText } from '../geometry/text.ts'
import { prop } from '../schema/prop.ts'
import {
  ALIGNS,
  type Common,
  commonProps,
  filledProps,
  type Lettered,
  letteredProps,
  mapBox,
  type ShapeSpec,
  type Sized,
  sizedProps,
  type TextAlign,
  VALIGNS,
  type VerticalAlign,
} from './common.ts'

/** A sticky note: a sheet of paper that grows with its text. */
export interface Note extends Common, Sized, Lettered {
  readonly type: 'note'
  /** The colour of the paper; transparent for the usual one. */
  readonly fill: string
  readonly align: TextAlign
  readonly valign: VerticalAlign
  /** The name of who made it; empty where nobody said. */
  readonly author: string
}

/** World units: how wide and high a new note is. */
export const NOTE_SIDE = 200
/** World units between the edge of the paper and the letters. */
export const NOTE_PADDING = 14
/** World units of the line that names the author. */
export const AUTHOR_LINE = { fontSize: 12, height: 20 } as const

const PAPER = '#ffe8a3'

export const paperOf = ({ fill }: Pick<Note, 'fill'>): string => (fill === 'transparent' ? PAPER : fill)

/** The colour of letters that can be read on the paper; the dark theme turns both over. */
export function noteInk(note: Pick<Note, 'fill'>): string {
  const light = (at: number) => (Number.parseInt(paperOf(note).slice(at, at + 2), 16) / 255) ** 2.2
  // About the luminance of WCAG, and where black letters begin to stand out more than white ones.
  return 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5) > 0.2 ? '#1e1e1e' : '#ffffff'
}

const wrapOf = ({ size, fontSize }: Note): number => Math.max(fontSize, size[0] - 2 * NOTE_PADDING)

const authorRoom = ({ author }: Note): number => (author === '' ? 0 : AUTHOR_LINE.height)

/** As large as `size` says, and higher where the text needs it. */
export function noteBox(note: Note, lineWidth: LineWidth): Box {
  const { text, font, fontSize, marks } = note
  const { h } = layoutText(text, font, fontSize, wrapOf(note), lineWidth, marks)
  const needed = h + 2 * NOTE_PADDING + authorRoom(note)
  return { x: note.pos[0], y: note.pos[1], w: note.size[0], h: Math.max(note.size[1], needed) }
}

export const note: ShapeSpec<Note> = {
  type: 'note',
  props: {
    type: prop.type('note'),
    ...commonProps,
    ...sizedProps,
    ...letteredProps,
    fill: filledProps.fill,
    align: prop.oneOf(ALIGNS, 'center'),
    valign: prop.oneOf(VALIGNS, 'middle'),
    author: prop.by,
  },
  box: noteBox,
  touches: (note, p, tolerance, lineWidth) => boxContainsPoint(grow(noteBox(note, lineWidth), tolerance), p),
  resized: (note, resize, lineWidth) => mapBox(noteBox(note, lineWidth), resize),
  // A letter may be wider than a narrow note.
  overhang: ({ fontSize }) => fontSize * LINE_HEIGHT,
  textPlace(note, lineWidth) {
    const wrap = wrapOf(note)
    const { w, h } = noteBox(note, lineWidth)
    const room = h - 2 * NOTE_PADDING - authorRoom(note)
    return {
      box: { x: (w - wrap) / 2, y: NOTE_PADDING, w: wrap, h: room },
      wrap,
      align: note.align,
      valign: note.valign,
      colour: noteInk(note),
    }
  },
}
