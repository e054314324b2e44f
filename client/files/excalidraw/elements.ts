import { type Box, centreOf } from '../../../shared/geometry/box.ts'
import { type LineWidth, layoutText } from '../../../shared/geometry/text.ts'
import { add, rotateAbout, sub, type Vec } from '../../../shared/geometry/vec.ts'
import type { Binding } from '../../../shared/schema/prop.ts'
import type { ArrowHead } from '../../../shared/shapes/arrow.ts'
import { type KnownShape, type ShapeOf, shapeBox, shapeOutline } from '../../../shared/shapes/index.ts'
import { inkInWorld, isSteady, shownOpacity } from '../../../shared/shapes/ink.ts'
import { paperOf } from '../../../shared/shapes/note.ts'
import { pathPoints } from '../../../shared/shapes/path.ts'
import { tableLayout } from '../../../shared/shapes/table.ts'
import { commonOf, type Json, letterKeys, percent, seedOf, type Writing } from './keys.ts'
import type { Names } from './names.ts'
import { STEADY_PRESSURE, WIDTH_RATIO } from './path.ts'
import { boundWords, freeWords } from './words.ts'

/**
 * The element of a shape, and those of what Excalidraw has no key for, such as its label; none for what no drawing of Excalidraw
 * has.
 */
export function elementsOf(shape: KnownShape, writing: Writing): readonly Json[] {
  if (shape.type === 'page') return []
  const main: Json = { ...commonOf(shape, writing), ...ownKeys(shape, writing) }
  const label = boundWords(shape, writing)
  const others = [...gridLines(shape, writing), ...freeWords(shape, writing)]
  return inGroup([main, ...(label ? [label] : [])], others)
}

/** What only a group can hold together. */
function inGroup(own: readonly Json[], others: readonly Json[]): readonly Json[] {
  const [main] = own
  if (!main || others.length === 0) return own
  const groupIds = [`${main.id}-group`, ...(main.groupIds as readonly string[])]
  const bound = (main.boundElements as readonly Json[] | null) ?? []
  const kept = bound.filter(({ type }) => type !== 'text' || own.length > 1)
  const grouped = [...own, ...others].map(element => ({ ...element, groupIds }))
  return [{ ...grouped[0], boundElements: kept.length > 0 ? kept : null }, ...grouped.slice(1)]
}

const boxKeys = ({ x, y, w, h }: Box): Json => ({ x, y, width: w, height: h })

/** Excalidraw's kinds of roundness: of lines, and of boxes with a radius of their own. */
const ROUND_LINE = { type: 2 }
const ROUND_BOX = 3

function ownKeys(shape: KnownShape, writing: Writing): Json {
  const box = boxKeys(shapeBox(shape, writing.lineWidth))
  switch (shape.type) {
    case 'rectangle':
      return {
        type: 'rectangle',
        ...box,
        roundness: shape.corner > 0 ? { type: ROUND_BOX, value: shape.corner } : null,
      }
    case 'ellipse':
    case 'diamond':
      return { type: shape.type, ...box }
    case 'line':
      return { type: 'line', ...pointKeys(pathPoints(shape)), ...lineKeys(shape.curved), ...NO_HEADS }
    case 'arrow':
      return { type: 'arrow', ...pointKeys(pathPoints(shape)), ...arrowKeys(shape, writing.names) }
    case 'ink':
      return { type: 'freedraw', ...inkKeys(shape) }
    case 'text':
      return textKeys(shape, writing.lineWidth)
    case 'image':
      return { type: 'image', ...box, ...imageKeys(shape) }
    case 'frame':
      return { type: 'frame', ...box, name: shape.name === '' ? null : shape.name }
    case 'note':
      return {
        type: 'rectangle',
        ...box,
        ...PLAIN,
        strokeColor: 'transparent',
        backgroundColor: paperOf(shape),
      }
    case 'table':
      return { type: 'rectangle', ...box }
    case 'bookmark':
      return { type: 'rectangle', ...box, ...PLAIN, strokeColor: '#ced4da', backgroundColor: '#f8f9fa' }
    default:
      return figureKeys(shape, writing.lineWidth)
  }
}

const PLAIN = { fillStyle: 'solid', strokeStyle: 'solid', roughness: 0 }

/** The lines between the cells of a table. */
function gridLines(shape: KnownShape, writing: Writing): readonly Json[] {
  if (shape.type !== 'table') return []
  const { xs, ys } = tableLayout(shape, writing.lineWidth)
  const [right = 0, bottom = 0] = [xs.at(-1), ys.at(-1)]
  const lines = [
    ...ys.slice(1, -1).map((y): readonly [Vec, Vec] => [
      [0, y],
      [right, y],
    ]),
    ...xs.slice(1, -1).map((x): readonly [Vec, Vec] => [
      [x, 0],
      [x, bottom],
    ]),
  ]
  const middle = centreOf(shapeBox(shape, writing.lineWidth))
  const common = commonOf({ ...shape, rot: 0, link: '', fill: 'transparent' }, writing)
  return lines.map((line, i) => {
    const points = line.map(p => rotateAbout(add(p, shape.pos), middle, shape.rot))
    const id = `${common.id}-line-${i}`
    return {
      ...{ ...common, id, type: 'line', seed: seedOf(id), boundElements: null },
      ...{ ...pointKeys(points), ...lineKeys(false), ...NO_HEADS },
    }
  })
}

/** A figure that Excalidraw has not, as its outline. */
function figureKeys(shape: KnownShape, lineWidth: LineWidth): Json {
  const outline = shapeOutline(shape, lineWidth)
  return {
    type: 'line',
    ...pointKeys([...outline, outline[0] as Vec]),
    ...lineKeys(false),
    ...NO_HEADS,
    polygon: true,
  }
}

const NO_HEADS = { startArrowhead: null, endArrowhead: null }

const lineKeys = (curved: boolean): Json => ({
  roundness: curved ? ROUND_LINE : null,
  lastCommittedPoint: null,
  startBinding: null,
  endBinding: null,
})

function pointKeys(points: readonly Vec[]): Json {
  const first = points[0] ?? [0, 0]
  const own = points.map(p => sub(p, first))
  const extent = (k: 0 | 1) => Math.max(...own.map(p => p[k])) - Math.min(...own.map(p => p[k]))
  return { x: first[0], y: first[1], width: extent(0), height: extent(1), points: own }
}

function arrowKeys(shape: ShapeOf<'arrow'>, names: Names): Json {
  return {
    ...lineKeys(shape.curved),
    elbowed: shape.elbow,
    startArrowhead: HEAD_NAMES[shape.tail],
    endArrowhead: HEAD_NAMES[shape.head],
    startBinding: bindingKeys(shape.start, names),
    endBinding: bindingKeys(shape.end, names),
  }
}

const HEAD_NAMES: Readonly<Record<ArrowHead, string | null>> = {
  none: null,
  arrow: 'arrow',
  triangle: 'triangle',
  dot: 'dot',
  bar: 'bar',
  diamond: 'diamond',
  'triangle-outline': 'triangle_outline',
  'dot-outline': 'circle_outline',
  'diamond-outline': 'diamond_outline',
  square: 'diamond',
  inverted: 'triangle_outline',
  one: 'crowfoot_one',
  many: 'crowfoot_many',
  'one-or-many': 'crowfoot_one_or_many',
}

/** Older versions read `focus` and `gap`, newer ones the point. */
function bindingKeys(binding: Binding | null, names: Names): Json | null {
  const id = binding ? names.id(binding[0]) : undefined
  if (!binding || id === undefined) return null
  return { elementId: id, focus: 0, gap: 1, fixedPoint: [binding[1], binding[2]], mode: 'orbit' }
}

function inkKeys(shape: ShapeOf<'ink'>): Json {
  const { points, pressures } = inkInWorld(shape)
  return {
    ...pointKeys(points),
    strokeWidth: shape.width / WIDTH_RATIO,
    opacity: percent(shownOpacity(shape)),
    pressures: isSteady(shape) ? points.map(() => STEADY_PRESSURE) : (pressures ?? []),
    simulatePressure: pressures === null && !isSteady(shape),
  }
}

const imageKeys = (shape: ShapeOf<'image'>): Json => ({
  status: 'saved',
  fileId: shape.asset,
  scale: shape.flip.map(flipped => (flipped ? -1 : 1)),
  crop: shape.crop && {
    x: shape.crop[0] * shape.natural[0],
    y: shape.crop[1] * shape.natural[1],
    width: shape.crop[2] * shape.natural[0],
    height: shape.crop[3] * shape.natural[1],
    naturalWidth: shape.natural[0],
    naturalHeight: shape.natural[1],
  },
})

function textKeys(shape: ShapeOf<'text'>, lineWidth: LineWidth): Json {
  const { lines } = layoutText(shape.text, shape.font, shape.fontSize, shape.wrap, lineWidth, shape.marks)
  return {
    type: 'text',
    ...boxKeys(shapeBox(shape, lineWidth)),
    ...letterKeys(shape, lines),
    textAlign: shape.align,
    verticalAlign: 'top',
    containerId: null,
    autoResize: shape.wrap === 0,
  }
}
