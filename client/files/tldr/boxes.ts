import { centreOf } from '../../../shared/geometry/box.ts'
import type { Marks } from '../../../shared/geometry/marks.ts'
import { LINE_HEIGHT, type LineWidth, layoutText } from '../../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { marksKey, readMarks } from '../../../shared/schema/read-marks.ts'
import { titleOfLink } from '../../../shared/shapes/bookmark.ts'
import { type KnownShape, shapeBox, shapeTextPlace } from '../../../shared/shapes/index.ts'
import { NOTE_SIDE } from '../../../shared/shapes/note.ts'
import { NAME_LENGTH } from '../../../shared/shapes/page.ts'
import { nested } from '../excalidraw/style.ts'
import type { Tally } from '../notices.ts'
import { flagProp, numberProp, type Props, pointOf, recordProp, textProp } from './records.ts'
import { type Words, wordsOf } from './rich-text.ts'
import {
  alignOf,
  colourOf,
  fillOf,
  fontOf,
  LABELS,
  linkOf,
  outlineOf,
  scaleOf,
  sizeOf,
  TEXTS,
  TLDRAW_LINE_HEIGHT,
  valignOf,
} from './style.ts'
import type { Placed } from './tree.ts'

/** The keys that every shape has. */
export interface CommonKeys {
  readonly id: string
  readonly groups: readonly string[]
  readonly frame: string
  readonly page: string
  readonly locked: boolean
  readonly opacity: number
}

/** A box of `size` in the space of a shape, turned about its own middle as we have it. */
function boxAt({ toPage, rot }: Placed, [w, h]: Vec, [x, y]: Vec = [0, 0]) {
  const [cx, cy] = toPage([x + w / 2, y + h / 2])
  return { pos: [cx - w / 2, cy - h / 2], size: [w, h], rot: rot % (2 * Math.PI) } as const
}

const sizeProp = (p: Props, otherwise: number): Vec => [
  Math.max(0, numberProp(p, 'w', otherwise)),
  Math.max(0, numberProp(p, 'h', otherwise)) + Math.max(0, numberProp(p, 'growY', 0)),
]

/** What each figure of tldraw is with us, and whether it looks the same. All these types have the keys of a box. */
const FIGURES = new Map<
  string,
  readonly [
    type: 'rectangle' | 'ellipse' | 'diamond' | 'triangle' | 'pentagon' | 'hexagon' | 'star' | 'cloud',
    isSame: boolean,
  ]
>([
  ['rectangle', ['rectangle', true]],
  ['ellipse', ['ellipse', true]],
  ['diamond', ['diamond', true]],
  ['rhombus', ['diamond', false]],
  ['rhombus-2', ['diamond', false]],
  ['triangle', ['triangle', true]],
  ['hexagon', ['hexagon', true]],
  ['star', ['star', true]],
  ['cloud', ['cloud', true]],
  ['oval', ['ellipse', false]],
  ['pentagon', ['pentagon', true]],
  ['octagon', ['hexagon', false]],
  ['heart', ['ellipse', false]],
])

/** A figure, and above it what is written in it where that has a colour of its own. */
export function readGeo(
  placed: Placed,
  keys: CommonKeys,
  newId: () => string,
  lineWidth: LineWidth,
  tally: Tally,
): readonly KnownShape[] {
  const p = placed.shape.props
  const words = cut(wordsOf(p), tally)
  const outline = outlineOf(p)
  const [type, isSame] = FIGURES.get(textProp(p, 'geo')) ?? ['rectangle', false]
  if (!isSame) tally.add('figure')
  const figure = makeShape(type, {
    ...keys,
    ...outline,
    ...fillOf(p),
    ...boxAt(placed, sizeProp(p, 100)),
    link: linkOf(textProp(p, 'url')),
    ...words,
    font: fontOf(p),
    fontSize: sizeOf(p, LABELS),
    align: alignOf(textProp(p, 'align')),
    valign: valignOf(textProp(p, 'verticalAlign')),
  })
  const colour = colourOf(p, 'labelColor').solid
  return words.text === '' || colour === outline.stroke
    ? [figure]
    : apart(figure, colour, newId, lineWidth, tally)
}

/** The figure in a group with what is written in it, as a label has the colour of its outline. */
function apart(
  figure: KnownShape,
  stroke: string,
  newId: () => string,
  lineWidth: LineWidth,
  tally: Tally,
): readonly KnownShape[] {
  const place = shapeTextPlace(figure, lineWidth)
  if (!place || !('align' in figure)) return [figure]
  const { text, marks, font, fontSize, pos, rot, frame, page, locked, opacity } = figure
  const { align, valign, wrap, box } = place
  const { h } = layoutText(text, font, fontSize, wrap, lineWidth, marks)
  const corner: Vec = [pos[0] + box.x, pos[1] + box.y + (box.h - h) * DOWN[valign]]
  const middle: Vec = [corner[0] + box.w / 2, corner[1] + h / 2]
  const turned = rotateAbout(middle, centreOf(shapeBox(figure, lineWidth)), rot)
  const groups = nested([newId(), ...figure.groups], tally)
  const words = makeShape('text', {
    ...{ id: newId(), groups, frame, page, locked, opacity, rot, text, font, fontSize, align, stroke },
    ...marksKey(marks),
    wrap: box.w,
    pos: [corner[0] + turned[0] - middle[0], corner[1] + turned[1] - middle[1]],
  })
  const { marks: _, ...plain } = figure
  return [{ ...plain, text: '', groups }, words]
}

const DOWN = { top: 0, middle: 0.5, bottom: 1 } as const

export function readNote(placed: Placed, keys: CommonKeys, tally: Tally): KnownShape {
  const p = placed.shape.props
  const scale = scaleOf(p)
  const size: Vec = [NOTE_SIDE * scale, (NOTE_SIDE + Math.max(0, numberProp(p, 'growY', 0))) * scale]
  return makeShape('note', {
    ...keys,
    ...boxAt(placed, size),
    ...{ fill: colourOf(p).note, link: linkOf(textProp(p, 'url')) },
    ...cut(wordsOf(p), tally),
    font: fontOf(p),
    fontSize: noteSize(p),
    align: alignOf(textProp(p, 'align')),
    valign: valignOf(textProp(p, 'verticalAlign')),
  })
}

/** What fits into a note is stored with it: once the size of its letters, now a share of their usual size. */
function noteSize(p: Props): number {
  const adjusted = numberProp(p, 'fontSizeAdjustment', 0)
  if (adjusted <= 0) return sizeOf(p, LABELS)
  return adjusted <= 1 ? Math.max(1, sizeOf(p, LABELS) * adjusted) : Math.min(2000, adjusted * scaleOf(p))
}

export function readText(
  placed: Placed,
  keys: CommonKeys,
  lineWidth: LineWidth,
  tally: Tally,
): KnownShape | undefined {
  const p = placed.shape.props
  const words = cut(wordsOf(p), tally)
  const { text, marks } = words
  if (text.trim() === '') return undefined
  const scale = scaleOf(p)
  const font = fontOf(p)
  const fontSize = Math.min(2000, sizeOf(p, TEXTS))
  const align = alignOf(textProp(p, 'textAlign') || textProp(p, 'align') || 'start')
  const width = numberProp(p, 'w', 0) * scale
  const wrap = p.autoSize === false && width > 0 ? Math.min(100_000, width) : 0
  const { w, lines } = layoutText(text, font, fontSize, wrap, lineWidth, marks)
  const own: Vec = [wrap > 0 ? wrap : w, lines.length * fontSize * LINE_HEIGHT]
  const share = align === 'left' ? 0 : align === 'center' ? 0.5 : 1
  const spare: Vec = [
    Math.max(0, width - own[0]) * share,
    (lines.length * fontSize * (TLDRAW_LINE_HEIGHT - LINE_HEIGHT)) / 2,
  ]
  const { pos, rot } = boxAt(placed, own, spare)
  return makeShape('text', {
    ...keys,
    ...{ pos, rot, ...words, font, fontSize, align, wrap, stroke: colourOf(p).solid },
  })
}

export function readFrame(placed: Placed, keys: CommonKeys): KnownShape {
  const p = placed.shape.props
  const name = textProp(p, 'name').slice(0, NAME_LENGTH)
  return makeShape('frame', { ...keys, ...boxAt(placed, sizeProp(p, 100)), name })
}

/** An image whose pixels are still to be counted. */
export function readImage(placed: Placed, keys: CommonKeys, asset: string): KnownShape {
  const p = placed.shape.props
  const box = recordProp(p, 'crop')
  const from = pointOf(box.topLeft)
  const to = pointOf(box.bottomRight)
  const share = (n: number) => Math.max(0, Math.min(1, n))
  return makeShape('image', {
    ...keys,
    ...boxAt(placed, sizeProp(p, 100)),
    ...{ asset, natural: [1, 1], link: linkOf(textProp(p, 'url')) },
    alt: textProp(p, 'altText').slice(0, 500),
    flip: [flagProp(p, 'flipX'), flagProp(p, 'flipY')],
    crop:
      from && to ? [share(from[0]), share(from[1]), share(to[0] - from[0]), share(to[1] - from[1])] : null,
  })
}

const CARD = { stroke: '#ced4da', fill: '#f8f9fa', corner: 8, font: 'sans', fontSize: 16, width: 1 } as const

/** A card for an address, with the title that the file has for it. */
export function readBookmark(placed: Placed, keys: CommonKeys, asset: Props, link: string): KnownShape {
  return makeShape('bookmark', {
    ...{ ...keys, ...boxAt(placed, sizeProp(placed.shape.props, 300)), link },
    text: lineOf(textProp(asset, 'title') || textProp(asset, 'name')) || titleOfLink(link),
    description: lineOf(textProp(asset, 'description')),
  })
}

const lineOf = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 500)

/** What shows something that has no address of the web, as a box with what the file says of it: nothing is loaded. */
export function readCard(placed: Placed, keys: CommonKeys, asset: Props): KnownShape {
  const p = placed.shape.props
  const text = lineOf(textProp(asset, 'name') || textProp(p, 'url'))
  return makeShape('rectangle', { ...keys, ...CARD, ...boxAt(placed, sizeProp(p, 200)), text })
}

/** The part of a text that one shape can hold, as its keys. */
export function cut(words: Words, tally: Tally): { readonly text: string; readonly marks?: Marks } {
  const isWhole = words.text.length <= LIMITS.textLength
  if (!isWhole) tally.add('cut')
  const text = isWhole ? words.text : words.text.slice(0, LIMITS.textLength).replace(/[\ud800-\udbff]$/, '')
  return { text, ...marksKey(readMarks(words.marks, text)) }
}
