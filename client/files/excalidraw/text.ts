import { type Box, centreOf } from '../../../shared/geometry/box.ts'
import type { LineWidth } from '../../../shared/geometry/text.ts'
import { rotateAbout } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { TextAlign } from '../../../shared/shapes/common.ts'
import { shapeBox } from '../../../shared/shapes/index.ts'
import type { TextShape } from '../../../shared/shapes/text.ts'
import type { Tally } from '../notices.ts'
import type { Element } from './element.ts'
import { marksFrom } from './marks.ts'
import { type Letters, type Look, lettersOf, nested } from './style.ts'

/** World units. The widest at which a text wraps. */
const MOST_WRAP = 100_000

/** What a text says: its own line breaks where it was wrapped by hand, and without those that wrapping made. */
export const flowingText = (element: Element): string => element.originalText || (element.text ?? '')

/**
 * A text of its own, at its place; several shapes when it is too long for one. Our letters are not exactly as wide
 * as those of the file, so the text is held where its alignment holds it.
 */
export function readText(
  element: Element,
  look: Look,
  group: () => string,
  tally: Tally,
  lineWidth: LineWidth,
): TextShape[] {
  const isWrapped = !element.autoResize && element.width !== null && element.width > 0
  const words = isWrapped ? flowingText(element) : element.text || flowingText(element)
  const keys = {
    ...look,
    ...lettersOf(element, tally),
    align: alignOf(element),
    wrap: isWrapped ? Math.min(MOST_WRAP, element.width ?? 0) : 0,
  }
  return layTexts(words, keys, element, group, tally, lineWidth)
}

const alignOf = (element: Element): TextAlign =>
  element.textAlign === 'center' || element.textAlign === 'right' ? element.textAlign : 'left'

type Place = Pick<Element, 'x' | 'y' | 'width' | 'height' | 'verticalAlign' | 'customData'>
type Keys = Look & Letters & Pick<TextShape, 'align' | 'wrap'>

function layTexts(
  words: string,
  keys: Keys,
  place: Place,
  group: () => string,
  tally: Tally,
  lineWidth: LineWidth,
): TextShape[] {
  const parts = partsOf(words.replace(/\r\n?/g, '\n'))
  if (parts.length > 1) tally.add('split')
  const groups = parts.length > 1 ? nested([group(), ...keys.groups], tally) : keys.groups
  const texts = parts.map(text =>
    makeShape('text', { ...keys, ...marksFrom(place.customData, text), id: '', groups, text, pos: [0, 0] }),
  )
  const boxes = texts.map(text => shapeBox(text, lineWidth))
  const all = { w: Math.max(...boxes.map(box => box.w)), h: boxes.reduce((sum, box) => sum + box.h, 0) }
  const own = placeBox(place, all)
  let top =
    own.y +
    slack(place.verticalAlign === 'middle' ? 0.5 : place.verticalAlign === 'bottom' ? 1 : 0, own.h - all.h)
  return texts.map((text, i) => {
    const { w, h } = boxes[i] as Box
    const x = own.x + slack(keys.align === 'center' ? 0.5 : keys.align === 'right' ? 1 : 0, own.w - w)
    const middle = rotateAbout([x + w / 2, top + h / 2], centreOf(own), keys.rot)
    top += h
    return { ...text, pos: [middle[0] - w / 2, middle[1] - h / 2] }
  })
}

const slack = (share: number, space: number): number => share * space

/** The box that the file gives a text; where it gives none, as large as we draw it. */
function placeBox({ x, y, width, height }: Place, own: { readonly w: number; readonly h: number }): Box {
  const w = width ?? own.w
  const h = height ?? own.h
  return { x: x + Math.min(0, w), y: y + Math.min(0, h), w: Math.abs(w), h: Math.abs(h) }
}

/** `text` in parts that each fit into one shape, broken at a line's end where there is one, never inside a letter. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = []
  let at = 0
  while (text.length - at > LIMITS.textLength) {
    const most = at + LIMITS.textLength
    const newline = text.lastIndexOf('\n', most)
    if (newline > at) {
      parts.push(text.slice(at, newline))
      at = newline + 1
      continue
    }
    const end = isHighSurrogate(text.charCodeAt(most - 1)) ? most - 1 : most
    parts.push(text.slice(at, end))
    at = end
  }
  return [...parts, text.slice(at)]
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
