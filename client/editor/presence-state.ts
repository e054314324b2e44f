import * as v from 'valibot'
import type { Ink } from '../../shared/geometry/ink.ts'
import { inkPrecision } from '../../shared/geometry/ink.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { prop } from '../../shared/schema/prop.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import { plainShape, shapeOfPlain } from './clipboard.ts'
import { packedIds, packIds } from './packed-ids.ts'
import { tidy } from './tidy.ts'
import type { EditorState, Preview, StrokeInProgress, TextSelection } from './types.ts'

export interface User {
  readonly name: string
  /** `#rrggbb` */
  readonly colour: string
}

/**
 * Points of a stroke in one message. Messages may be lost or merged, so each repeats the last second of a stroke;
 * what lies before is known already.
 */
const WINDOW = 64
/** Ids written out in one message: about 1.6 KB of them. Others see outlines around the first of a larger selection. */
const MAX_IDS = 64
/** Numbers of a line's points in one message; a longer line is shown when it is done. */
const MAX_COORDINATES = 64
/** UTF-16 code units of a name, as others show it. */
const MAX_NAME = 40
/** Steps of pressure; finer than any pen reports usefully. */
const PRESSURE_STEPS = 255

const finite = v.pipe(v.number(), v.finite())
const coordinate = v.pipe(v.number(), v.minValue(-LIMITS.coordinate), v.maxValue(LIMITS.coordinate))
const vec = v.tuple([coordinate, coordinate])
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.idLength))
const ids = v.pipe(v.array(id), v.maxLength(MAX_IDS))
/** Null stands for the selection, which is most often what moves; a text holds more ids than can be written out. */
const subjects = v.nullable(v.union([ids, packedIds]))
const length = v.pipe(v.number(), v.minValue(0), v.maxValue(2 * LIMITS.coordinate))
const box = v.object({ x: finite, y: finite, w: length, h: length })
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
const whole = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(-Number.MAX_SAFE_INTEGER),
  v.maxValue(Number.MAX_SAFE_INTEGER),
)

/** A stroke on the wire: the newest points, as whole steps from the one before. */
const StrokeWindow = v.object({
  kind: v.literal('ink'),
  id,
  stroke: prop.colour('').schema,
  width: v.pipe(v.number(), v.minValue(0.1), v.maxValue(200)),
  opacity: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  z: prop.orderKey.schema,
  /** Index in the stroke of the first point here. */
  start: count,
  /** Steps per world unit, as a power of two. */
  precision: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)),
  /** x, y of the first point, then steps from point to point. */
  steps: v.pipe(
    v.array(whole),
    v.minLength(2),
    v.maxLength(2 * WINDOW),
    v.check(steps => steps.length % 2 === 0),
  ),
  pressures: v.nullable(
    v.pipe(
      v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(PRESSURE_STEPS))),
      v.maxLength(WINDOW),
    ),
  ),
})

const WirePreview = v.variant('kind', [
  v.object({ kind: v.literal('move'), ids: subjects, offset: vec }),
  v.object({ kind: v.literal('duplicate'), ids: subjects, offset: vec }),
  v.object({
    kind: v.literal('resize'),
    ids: subjects,
    resize: v.object({ from: box, to: box, flipX: v.boolean(), flipY: v.boolean() }),
  }),
  v.object({
    kind: v.literal('rotate'),
    ids: subjects,
    centre: vec,
    angle: v.pipe(v.number(), v.minValue(-10), v.maxValue(10)),
  }),
  v.object({
    kind: v.literal('reshape'),
    id,
    pos: vec,
    points: v.pipe(
      v.array(coordinate),
      v.minLength(4),
      v.maxLength(MAX_COORDINATES),
      v.check(points => points.length % 2 === 0),
    ),
  }),
  v.object({ kind: v.literal('create'), shape: v.record(v.string(), v.unknown()) }),
  v.object({ kind: v.literal('erase'), ids: subjects }),
  StrokeWindow,
])

/** See TextAnchor. */
const anchor = v.union([v.literal('start'), v.strictTuple([count, count])])
const Caret = v.object({ shape: id, anchor, focus: anchor })

const Presence = v.object({
  user: v.object({ name: v.string(), colour: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i)) }),
  cursor: v.nullable(vec),
  selection: ids,
  /** Counts gestures: two previews of one number belong to one gesture. */
  gesture: count,
  /** Where the person types. Versions before this one send none; what is wrong with it takes nothing else with it. */
  caret: v.fallback(v.nullable(Caret), null),
  /** Read by itself: a preview that this version does not know takes nothing else with it. */
  preview: v.unknown(),
})

export type StrokeWindow = v.InferOutput<typeof StrokeWindow>

/** What goes over the wire, as JSON: a few hundred bytes, below 2 KB at rest, and below 6 KB whatever the gesture. */
export interface PresenceState {
  readonly user: User
  readonly cursor: Vec | null
  readonly selection: readonly ShapeId[]
  readonly gesture: number
  readonly caret: ({ readonly shape: ShapeId } & TextSelection) | null
  readonly preview: unknown
}

/** A presence message that was read: plain previews as they are, many ids and a stroke still as they were packed. */
export interface ReadPresence extends Omit<PresenceState, 'preview'> {
  readonly preview: ReadPreview | null
}

export type ReadPreview = PlainPreview | Packed<OfMany> | StrokeWindow

type PlainPreview = Exclude<Preview, { readonly kind: 'ink' | 'marquee' }>
/** A preview that is about any number of shapes. */
type OfMany = Extract<Preview, { readonly ids: readonly ShapeId[] }>
type Packed<P> = P extends unknown ? Omit<P, 'ids'> & { readonly ids: string } : never

/** What others are to see of a person. `cursor` in world space, null while the pointer is elsewhere. */
export function presenceState(
  user: User,
  state: Pick<EditorState, 'selection' | 'preview' | 'camera' | 'editing' | 'caret'>,
  cursor: Vec | null,
  gesture: number,
): PresenceState {
  const { zoom } = state.camera
  return {
    user: { name: user.name.slice(0, MAX_NAME), colour: user.colour },
    cursor: cursor && [tidy(cursor[0], zoom), tidy(cursor[1], zoom)],
    selection: [...state.selection].slice(0, MAX_IDS),
    gesture,
    caret: state.editing !== null && state.caret ? { shape: state.editing, ...state.caret } : null,
    preview: state.preview && wirePreview(state.preview, state.selection, zoom),
  }
}

function wirePreview(preview: Preview, selection: ReadonlySet<ShapeId>, zoom: number): unknown {
  switch (preview.kind) {
    case 'move':
    case 'duplicate':
    case 'resize':
    case 'rotate':
    case 'erase': {
      const { ids } = preview
      if (ids.length > MAX_IDS) return { ...preview, ids: packIds(ids) }
      const isSelection = ids.length === selection.size && ids.every(one => selection.has(one))
      return { ...preview, ids: isSelection ? null : ids }
    }
    case 'reshape':
      return preview
    case 'create': {
      const { shape } = preview
      if ('points' in shape && shape.points.length > MAX_COORDINATES) return null
      return { kind: 'create', shape: plainShape(shape) }
    }
    case 'ink':
      return strokeWindow(preview.stroke, inkPrecision(zoom))
    case 'marquee':
      return null
    default:
      return unreachable(preview)
  }
}

function strokeWindow(stroke: StrokeInProgress, precision: number): StrokeWindow {
  const { points, pressures } = stroke.ink
  const start = Math.max(0, points.length - WINDOW)
  const unit = 2 ** precision
  const steps: number[] = []
  let last: Vec = [0, 0]
  for (const [x, y] of points.slice(start)) {
    const next: Vec = [Math.round(x * unit), Math.round(y * unit)]
    steps.push(next[0] - last[0], next[1] - last[1])
    last = next
  }
  const { id, stroke: colour, width, opacity, z } = stroke
  return {
    kind: 'ink',
    ...{ id, stroke: colour, width, opacity, z, start, precision, steps },
    pressures: pressures?.slice(start).map(pressure => Math.round(pressure * PRESSURE_STEPS)) ?? null,
  }
}

/** The points of a window; world space. */
export function windowInk({ steps, precision, pressures }: StrokeWindow): Ink {
  const unit = 2 ** precision
  const points: Vec[] = []
  let x = 0
  let y = 0
  for (let i = 0; i + 1 < steps.length; i += 2) {
    x += steps[i] as number
    y += steps[i + 1] as number
    points.push([clamp(x / unit), clamp(y / unit)])
  }
  return { points, pressures: pressures && points.map((_, i) => (pressures[i] ?? 127) / PRESSURE_STEPS) }
}

const clamp = (n: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, n))

/** Reads what another client sent; undefined when it is no presence of this app. Never throws. */
export function parsePresence(raw: unknown): ReadPresence | undefined {
  const read = v.safeParse(Presence, raw)
  if (!read.success) return undefined
  const { user, preview, ...rest } = read.output
  const name = user.name
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, MAX_NAME)
  return { ...rest, user: { name, colour: user.colour }, preview: parsePreview(preview, rest.selection) }
}

function parsePreview(raw: unknown, selection: readonly ShapeId[]): ReadPresence['preview'] {
  const read = v.safeParse(WirePreview, raw)
  if (!read.success) return null
  const preview = read.output
  if ('ids' in preview) return { ...preview, ids: preview.ids ?? selection } as PlainPreview | Packed<OfMany>
  if (preview.kind !== 'create') return preview
  const { id: shapeId } = preview.shape
  const shape = shapeOfPlain(preview.shape)
  if (shape.type === 'unreadable' || !v.is(id, shapeId)) return null
  return { kind: 'create', shape: { ...shape, id: shapeId } }
}
