import { WIDTH_PER_NOMINAL } from '../../../shared/geometry/strokes.ts'
import { lerp, type Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import type { Binding } from '../../../shared/schema/prop.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { NOTE_SIDE } from '../../../shared/shapes/note.ts'
import { pathThrough } from '../../../shared/shapes/path.ts'
import { inkShapes } from '../excalidraw/path.ts'
import type { Tally } from '../notices.ts'
import { type CommonKeys, cut } from './boxes.ts'
import {
  byIndex,
  flagProp,
  numberProp,
  type Props,
  pointOf,
  type Records,
  recordProp,
  textProp,
} from './records.ts'
import { wordsOf } from './rich-text.ts'
import { strokeOf } from './strokes.ts'
import {
  ARROW_LABELS,
  colourOf,
  fillOf,
  fontOf,
  headOf,
  outlineOf,
  STROKES,
  scaleOf,
  sizeOf,
  TEXTS,
  TLDRAW_LINE_HEIGHT,
} from './style.ts'
import type { Placed } from './tree.ts'

/** How much wider than its nominal size tldraw draws a stroke by hand, and a highlighter than letters. */
const PEN = 1.2
const HIGHLIGHTER = 1.12

export function readStroke(
  placed: Placed,
  keys: CommonKeys,
  newId: () => string,
  tally: Tally,
): readonly KnownShape[] | undefined {
  const p = placed.shape.props
  const own = strokeOf(p)
  if (!own) return undefined
  const isHighlight = placed.shape.type === 'highlight'
  const stroke = { points: own.points.map(placed.toPage), pressures: own.pressures }
  const width = isHighlight ? sizeOf(p, TEXTS) * HIGHLIGHTER : sizeOf(p, STROKES) * PEN
  const look = {
    ...{ rot: 0, groups: keys.groups, locked: keys.locked, opacity: keys.opacity, link: '' },
    stroke: isHighlight ? colourOf(p).highlight : colourOf(p).solid,
    width: Math.max(0.1, Math.min(200, width / WIDTH_PER_NOMINAL)),
    ...(isHighlight ? ({ brush: 'highlighter', steady: true } as const) : {}),
  }
  const fill = !isHighlight && flagProp(p, 'isClosed') ? fillOf(p).fill : 'transparent'
  return inkShapes(stroke, look, fill, newId, tally).map(shape => ({
    ...shape,
    frame: keys.frame,
    page: keys.page,
  }))
}

/** A line through any number of points. */
export function readLine(placed: Placed, keys: CommonKeys): KnownShape | undefined {
  const p = placed.shape.props
  const own = pointsOf(p)
  if (own.length < 2) return undefined
  const points = thinned(own.map(placed.toPage))
  const curved = textProp(p, 'spline') === 'cubic'
  return makeShape('line', { ...keys, ...outlineOf(p), ...pathThrough(points), curved })
}

/** Now a table of points by their ids, once of handles, and in between a list. */
function pointsOf(p: Props): readonly Vec[] {
  if (Array.isArray(p.points)) return p.points.flatMap(point => maybe(pointOf(point)))
  const table =
    Object.keys(recordProp(p, 'points')).length > 0 ? recordProp(p, 'points') : recordProp(p, 'handles')
  const entries = Object.values(table).flatMap(entry => {
    const at = pointOf(entry)
    return at ? [{ at, index: textProp(entry as Props, 'index') }] : []
  })
  return entries.sort(byIndex).map(({ at }) => at)
}

const maybe = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])

/** As many points as a line may have. */
function thinned(points: readonly Vec[]): readonly Vec[] {
  if (points.length <= LIMITS.linePoints) return points
  const step = Math.ceil(points.length / (LIMITS.linePoints - 1))
  return [...points.filter((_, i) => i % step === 0), points[points.length - 1] as Vec]
}

/** What arrows are held by, and where: older files say it in the arrow, newer ones in records of their own. */
export interface Holds {
  of(arrow: Placed, end: 'start' | 'end'): { readonly target: Placed; readonly at: Vec } | undefined
}

export function holdsOf({ bindings }: Records, placed: readonly Placed[]): Holds {
  const byId = new Map(placed.map(item => [item.shape.id, item]))
  const held = new Map<string, { readonly toId: string; readonly props: Props }>()
  for (const { fromId, toId, props } of bindings) {
    held.set(`${fromId} ${textProp(props, 'terminal')}`, { toId, props })
  }
  return {
    of(arrow, end) {
      const own = recordProp(arrow.shape.props, end)
      const inArrow = own.type === 'binding' ? { toId: textProp(own, 'boundShapeId'), props: own } : undefined
      const hold = held.get(`${arrow.shape.id} ${end}`) ?? inArrow
      const target = hold && byId.get(hold.toId)
      if (!hold || !target || target.page !== arrow.page) return undefined
      const anchor = pointOf(hold.props.normalizedAnchor)
      const isLoose = hold.props.isPrecise === false || !anchor
      return { target, at: isLoose ? [0.5, 0.5] : [share(anchor[0]), share(anchor[1])] }
    },
  }
}

const share = (n: number): number => Math.max(0, Math.min(1, n))

/** A bend of less than this is none; world units. */
const STRAIGHT = 4

export function readArrow(
  placed: Placed,
  keys: CommonKeys,
  holds: Holds,
  idOf: (placed: Placed) => string,
  tally: Tally,
): KnownShape {
  const p = placed.shape.props
  const [start, end] = (['start', 'end'] as const).map(name => endOf(placed, name, holds, idOf)) as [End, End]
  const bend = numberProp(p, 'bend', 0)
  const words = cut(wordsOf(p), tally)
  const outline = outlineOf(p)
  if (words.text !== '' && colourOf(p, 'labelColor').solid !== outline.stroke) tally.add('labelColour')
  const isElbow = textProp(p, 'kind') === 'elbow'
  const isCurved = !isElbow && Math.abs(bend) > STRAIGHT
  const points = isCurved ? [start.at, middleOf(start.at, end.at, bend), end.at] : [start.at, end.at]
  return makeShape('arrow', {
    ...keys,
    ...outline,
    ...pathThrough(points),
    curved: isCurved,
    elbow: isElbow,
    start: start.binding,
    end: end.binding,
    tail: headOf(textProp(p, 'arrowheadStart')),
    head: headOf(textProp(p, 'arrowheadEnd') || 'arrow'),
    ...words,
    font: fontOf(p),
    fontSize: sizeOf(p, ARROW_LABELS),
  })
}

interface End {
  /** On the page. */
  readonly at: Vec
  readonly binding: Binding | null
}

function endOf(arrow: Placed, name: 'start' | 'end', holds: Holds, idOf: (placed: Placed) => string): End {
  const hold = holds.of(arrow, name)
  if (!hold) {
    const own = pointOf(arrow.shape.props[name]) ?? (name === 'start' ? [0, 0] : [100, 0])
    return { at: arrow.toPage(own), binding: null }
  }
  const { target, at } = hold
  const size = heldSize(target)
  return { at: target.toPage([at[0] * size[0], at[1] * size[1]]), binding: [idOf(target), at[0], at[1]] }
}

/** The size of what an arrow is held by. The file has none of a note, and only the width of a text. */
function heldSize({ shape: { type, props: p } }: Placed): Vec {
  const scale = type === 'note' || type === 'text' ? scaleOf(p) : 1
  const w = numberProp(p, 'w', NOTE_SIDE) * scale
  if (type === 'text') return [w, wordsOf(p).text.split('\n').length * sizeOf(p, TEXTS) * TLDRAW_LINE_HEIGHT]
  return [w, (numberProp(p, 'h', NOTE_SIDE) + numberProp(p, 'growY', 0)) * scale]
}

/** The middle of an arrow that is bent by `bend` world units to the left of its way. */
function middleOf(from: Vec, to: Vec, bend: number): Vec {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  const [u, w] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  const [x, y] = lerp(from, to, 0.5)
  return [x - bend * w, y + bend * u]
}
