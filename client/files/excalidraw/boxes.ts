import type { Crop } from '../../../shared/schema/prop.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { titleOfLink } from '../../../shared/shapes/bookmark.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { NAME_LENGTH } from '../../../shared/shapes/page.ts'
import type { Tally } from '../notices.ts'
import { boxOf } from './bonds.ts'
import type { Element } from './element.ts'
import type { SceneImages } from './images.ts'
import { marksFrom } from './marks.ts'
import { cornerOf, fillOf, isRound, type Look, lettersOf, outlineOf, placeOf } from './style.ts'
import { flowingText } from './text.ts'

/** A box with what is written in it. Undefined when the element cannot be read. */
export function readBox(
  type: 'rectangle' | 'ellipse' | 'diamond',
  element: Element,
  look: Look,
  label: Element | undefined,
  tally: Tally,
): KnownShape[] | undefined {
  const box = boxOf(element)
  if (!box) return undefined
  const keys = {
    ...look,
    ...outlineOf(element, tally),
    ...(label ? { ...labelOf(label, tally), ...placeOf(label) } : {}),
    ...fillOf(element, tally),
    id: '',
    pos: [box.x, box.y],
    size: [box.w, box.h],
  } as const
  if (type === 'diamond' && isRound(element)) tally.add('roundDiamond')
  if (type !== 'rectangle') return [makeShape(type, keys)]
  return [makeShape(type, { ...keys, corner: cornerOf(element, box.w, box.h) })]
}

/** The keys of a text that becomes the label of another shape. */
export function labelOf(label: Element, tally: Tally) {
  const text = flowingText(label).replace(/\r\n?/g, '\n')
  return { text, ...marksFrom(label.customData, text), ...lettersOf(label, tally) }
}

/** An image whose pixels are still to be counted. */
export function readImage(
  element: Element,
  look: Look,
  images: Pick<SceneImages, 'nameOf'>,
): KnownShape[] | undefined {
  const box = boxOf(element)
  const asset = images.nameOf(element.fileId)
  if (!box || asset === null) return undefined
  const { stroke: _, ...keys } = look
  const [x, y] = element.scale ?? [1, 1]
  return [
    makeShape('image', {
      ...keys,
      ...{ id: '', asset },
      pos: [box.x, box.y],
      size: [box.w, box.h],
      natural: [1, 1],
      flip: [x < 0, y < 0],
      crop: cropOf(element),
    }),
  ]
}

function cropOf({ crop }: Element): Crop | null {
  if (!crop) return null
  const { x, y, width, height, naturalWidth, naturalHeight } = crop
  return [x / naturalWidth, y / naturalHeight, width / naturalWidth, height / naturalHeight].map(share =>
    Math.max(0, Math.min(1, share)),
  ) as unknown as Crop
}

/** A frame stands upright and opaque, whatever its element says. */
export function readFrame(element: Element, { groups, locked, link }: Look): KnownShape[] | undefined {
  const box = boxOf(element)
  if (!box) return undefined
  const name = (element.name ?? '').slice(0, NAME_LENGTH)
  return [
    makeShape('frame', {
      ...{ id: '', groups, locked, link, name },
      pos: [box.x, box.y],
      size: [box.w, box.h],
    }),
  ]
}

const EMBED = { stroke: '#868e96', fill: '#f1f3f5', corner: 8, font: 'sans', fontSize: 16 } as const

/** A page that is shown within a drawing, as a card with its address: nothing is loaded from elsewhere. */
export function readEmbed(element: Element, look: Look, tally: Tally): KnownShape[] | undefined {
  const box = boxOf(element)
  if (!box) return undefined
  tally.add('embed')
  const place = { id: '', pos: [box.x, box.y], size: [box.w, box.h] } as const
  const { stroke: _, ...common } = look
  if (look.link !== '') return [makeShape('bookmark', { ...common, ...place, text: titleOfLink(look.link) })]
  // What is embedded may be a note of the program that wrote the file, or a page without an address.
  const text = (element.link ?? '').slice(0, 200)
  return [makeShape('rectangle', { ...common, ...EMBED, ...place, text })]
}
