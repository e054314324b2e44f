import { boxAround } from '../../../shared/geometry/box.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { type KnownShape, SHAPE_TYPES, type ShapeType, SPECS } from '../../../shared/shapes/index.ts'
import { inkKeys } from '../../../shared/shapes/ink.ts'
import { styleOf } from '../../editor/style.ts'
import type { Style } from '../../editor/types.ts'
import { shownColour, type Theme } from '../../render/colour.ts'
import type { Area, Drawing, ShapeView } from '../../render/shape-view.ts'
import { textBlock } from '../../render/text-block.ts'
import { VIEWS } from '../index.ts'

/** The styles of the gallery. A type is shown in those that have a key for it. */
export const STYLES: Readonly<Record<string, Partial<Style>>> = {
  plain: { stroke: '#1e1e1e' },
  thick: { width: 8 },
  filled: { fill: '#ffd8a8' },
  hachure: { fill: '#e8590c', fillStyle: 'hachure' },
  cross: { fill: '#1971c2', fillStyle: 'cross' },
  dots: { fill: '#2f9e44', fillStyle: 'dots' },
  dashed: { dash: 'dashed' },
  dotted: { dash: 'dotted', width: 4 },
  rough: { roughness: 1 },
  rougher: { roughness: 2, width: 3 },
  'rough hachure': { roughness: 1, fill: '#e8590c', fillStyle: 'hachure' },
  'rough dashed': { roughness: 1, dash: 'dashed', fill: '#a5d8ff' },
  'seen through': { opacity: 0.5, fill: '#b2f2bb', width: 8 },
  'hachure seen through': { opacity: 0.5, fill: '#9c36b5', fillStyle: 'hachure', roughness: 1, width: 6 },
  curved: { curved: true },
  'rounded corners': { corner: 24 },
}

const CELL = { w: 160, h: 110 }
const size: Vec = [120, 80]

/** A wave from the left to the right, as wide as a cell's figure. */
const wave = Array.from({ length: 40 }, (_, i): Vec => [i * 3, 40 + 30 * Math.sin(i / 5)])

/** What a type needs to be seen. One that is missing here gets a size and a label where it takes them. */
const GIVEN: Readonly<Record<string, object>> = {
  line: { points: [0, 0, 60, 80, 120, 0, 0, 0] },
  arrow: { points: [0, 10, 60, 70, 120, 10], text: 'to' },
  ink: { ...inkKeys({ points: wave, pressures: null }) },
  table: { text: 'One\tTwo\n1\t2', columns: [2, 1], header: true, fontSize: 12 },
}

export function sample(type: ShapeType, style: Partial<Style>): KnownShape {
  const { props } = SPECS[type]
  const given = {
    ...('size' in props ? { size } : {}),
    ...('text' in props ? { text: 'Label' } : {}),
    ...GIVEN[type],
  }
  return makeShape(type, { id: type, z: 'a0', pos: [0, 0], ...given, ...styleOf(type, style) })
}

/** The cells of the gallery: each type in each style that says something of it. */
export const cells = (): readonly { readonly type: ShapeType; readonly style: string }[] =>
  SHAPE_TYPES.flatMap(type =>
    Object.entries(STYLES)
      .filter(([, style]) => Object.keys(style).some(key => Object.hasOwn(SPECS[type].props, key)))
      .map(([style]) => ({ type, style })),
  )

const lineWidth = (line: string) => line.length / 2

function areasOf(shape: KnownShape, finer = 1): readonly Area[] {
  const drawing: Drawing = { tolerance: 0.12 / finer, leastWidth: 0, translucent: shape.opacity < 1 }
  return (VIEWS[shape.type] as ShapeView<KnownShape>).areas(shape, drawing, lineWidth)
}

const THEMES: readonly Theme[] = ['light', 'dark']

/** Numbers of what is drawn that differ when it looks different, and hardly differ from machine to machine. */
export function signatureOf(shape: KnownShape): readonly string[] {
  const letters = textBlock(shape, lineWidth)
  const areas = areasOf(shape).map(({ contour, colour, overlaps }) => {
    const { x, y, w, h } = boxAround(contour)
    const shown = THEMES.map(theme => shownColour(colour, theme)).join(' ')
    return `${shown}${overlaps ? ' overlaps' : ''}: ${[contour.length, x, y, w, h, windingOf(contour)].map(short).join(' ')}`
  })
  if (!letters) return areas
  const { lines, colour, box } = letters
  return [...areas, `${lines.join('|')} ${colour}: ${[box.x, box.y, box.w, box.h].map(short).join(' ')}`]
}

const short = (n: number): string => String(Math.round(n * 10) / 10)

/** Twice the area that the contour winds around. */
function windingOf(contour: readonly Vec[]): number {
  let sum = 0
  for (const [i, [x, y]] of contour.entries()) {
    const [nx, ny] = contour[(i + 1) % contour.length] as Vec
    sum += x * ny - nx * y
  }
  return sum
}

/** The whole gallery as an SVG document: a row for each type, a column for each style. */
export function gallerySvg(theme: Theme): string {
  const styles = Object.keys(STYLES)
  const drawn = cells().map(({ type, style }) => {
    const shape = sample(type, STYLES[style] as Partial<Style>)
    const at = [styles.indexOf(style) * CELL.w + 20, SHAPE_TYPES.indexOf(type) * CELL.h + 15]
    const paths = areasOf(shape).map(
      ({ contour, colour }) =>
        `<path fill="${shownColour(colour, theme)}" d="M${contour.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}Z"/>`,
    )
    return `<g transform="translate(${at.join(' ')})" opacity="${shape.opacity}">${paths.join('')}</g>`
  })
  const ground = theme === 'light' ? '#fafaf8' : '#151719'
  const [w, h] = [styles.length * CELL.w, SHAPE_TYPES.length * CELL.h]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><rect width="${w}" height="${h}" fill="${ground}"/>${drawn.join('')}</svg>`
}
