import { centreOf } from '../../../shared/geometry/box.ts'
import { marksBetween } from '../../../shared/geometry/marks.ts'
import { LINE_HEIGHT, layoutText } from '../../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../../shared/geometry/vec.ts'
import { marksKey } from '../../../shared/schema/read-marks.ts'
import {
  type Bookmark,
  CARD_COLOURS,
  cardLayout,
  DESCRIPTION_SIZE,
  HOST_SIZE,
  hostOf,
} from '../../../shared/shapes/bookmark.ts'
import type { Lettered, TextPlace } from '../../../shared/shapes/common.ts'
import { type KnownShape, shapeBox, shapeTextParts, shapeTextPlace } from '../../../shared/shapes/index.ts'
import { AUTHOR_LINE, NOTE_PADDING, type Note, noteBox, noteInk } from '../../../shared/shapes/note.ts'
import { commonOf, type Json, letterKeys, seedOf, type Writing } from './keys.ts'

/** What Excalidraw binds a text to, as it is written. */
const BINDS: ReadonlySet<string> = new Set(['rectangle', 'ellipse', 'diamond', 'arrow', 'note'])

/** Letters, and where they stand. */
interface Words extends Lettered {
  readonly place: TextPlace
}

/** The text of a shape whose element a text can be bound to. */
export function boundWords(shape: KnownShape, writing: Writing): Json | undefined {
  const place = BINDS.has(shape.type) ? shapeTextPlace(shape, writing.lineWidth) : undefined
  if (!place || !('text' in shape) || shape.text === '') return undefined
  const written = element(shape, { ...shape, place }, writing.names.label(shape.id), writing)
  const rot = shape.type === 'arrow' ? 0 : shape.rot
  return { ...written, angle: rot, containerId: writing.names.id(shape.id) ?? shape.id, autoResize: true }
}

/** The other texts of a shape, each an element of its own. */
export function freeWords(shape: KnownShape, writing: Writing): readonly Json[] {
  const label = writing.names.label(shape.id)
  const middle = centreOf(shapeBox(shape, writing.lineWidth))
  return othersOf(shape, writing).map((words, i) => {
    const id = i === 0 && !BINDS.has(shape.type) ? label : `${label}-${i}`
    const written = element(shape, words, id, writing)
    const own: Vec = [written.x + written.width / 2, written.y + written.height / 2]
    const turned = rotateAbout(own, middle, shape.rot)
    const place = { x: written.x + turned[0] - own[0], y: written.y + turned[1] - own[1] }
    return { ...written, ...place, angle: shape.rot, containerId: null, autoResize: true }
  })
}

function othersOf(shape: KnownShape, { lineWidth }: Writing): readonly Words[] {
  switch (shape.type) {
    case 'text':
      return []
    case 'note':
      return shape.author === '' ? [] : [authorOf(shape, noteBox(shape, lineWidth).h)]
    case 'bookmark':
      return cardWords(shape, cardLayout(shape, lineWidth)).filter(({ text }) => text !== '')
    default:
      break
  }
  const parts = shapeTextParts(shape, lineWidth)
  if (!('text' in shape) || shape.text === '' || BINDS.has(shape.type)) return []
  const { font, fontSize, text, marks } = shape
  const own = (from: number, to: number) => marksKey(marks && marksBetween(marks, from, to))
  if (parts)
    return parts
      .map(({ from, to, place }) => {
        return { font, fontSize, text: text.slice(from, to), ...own(from, to), place }
      })
      .filter(words => words.text !== '')
  const place = shapeTextPlace(shape, lineWidth)
  return place ? [{ font, fontSize, text, ...marksKey(marks), place }] : []
}

function authorOf(note: Note, h: number): Words {
  const wrap = Math.max(AUTHOR_LINE.fontSize, note.size[0] - 2 * NOTE_PADDING)
  const y = h - NOTE_PADDING / 2 - AUTHOR_LINE.height
  const box = { x: NOTE_PADDING, y, w: wrap, h: AUTHOR_LINE.height }
  const place = { box, wrap, align: 'left', valign: 'middle', colour: noteInk(note) } as const
  return { text: note.author, font: 'sans', fontSize: AUTHOR_LINE.fontSize, place }
}

function cardWords(card: Bookmark, layout: ReturnType<typeof cardLayout>): readonly Words[] {
  const { title, description, host, wrap } = layout
  const top = { wrap, align: 'left', valign: 'top' } as const
  return [
    { ...card, place: { ...top, box: title, colour: CARD_COLOURS.title } },
    {
      ...{ text: description.lines.join('\n'), font: 'sans', fontSize: DESCRIPTION_SIZE },
      place: { ...top, box: description, colour: CARD_COLOURS.description },
    },
    {
      ...{ text: hostOf(card.link), font: 'sans', fontSize: HOST_SIZE },
      place: { ...top, wrap: 0, box: host, colour: CARD_COLOURS.host },
    },
  ]
}

const SHARE = { left: 0, center: 0.5, right: 1, top: 0, middle: 0.5, bottom: 1 } as const

/** The element of a text that stands in `shape`, the shape's rotation left out. */
function element(shape: KnownShape, words: Words, id: string, writing: Writing) {
  const { box, align, valign, wrap, colour } = words.place
  const { text, font, fontSize, marks } = words
  const { lines, w } = layoutText(text, font, fontSize, wrap, writing.lineWidth, marks)
  const h = lines.length * fontSize * LINE_HEIGHT
  return {
    ...commonOf(shape, writing),
    id,
    type: 'text',
    strokeColor: colour,
    backgroundColor: 'transparent',
    x: shape.pos[0] + box.x + (box.w - w) * SHARE[align],
    y: shape.pos[1] + box.y + (box.h - h) * SHARE[valign],
    width: w,
    height: h,
    seed: seedOf(id),
    boundElements: null,
    link: null,
    ...letterKeys(words, lines),
    textAlign: align,
    verticalAlign: valign,
  }
}
