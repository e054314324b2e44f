import * as v from 'valibot'
import { inkPrecision } from '../../shared/geometry/ink.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { prop } from '../../shared/schema/prop.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import { plainShape, shapeOfPlain } from './clipboard.ts'
import { packedIds, packIds } from './packed-ids.ts'
import {
  BeamWindow,
  beamWindow,
  count,
  StrokeWindow,
  strokeWindow,
  windowBeam,
  wireId,
} from './presence-ink.ts'
import { tidy } from './tidy.ts'
import type { Cut, EditorState, Preview, TextSelection } from './types.ts'

export interface User {
  readonly name: string
  /** `#rrggbb` */
  readonly colour: string
}

/** Ids written out in one message: about 1.6 KB of them. Others see outlines around the first of a larger selection. */
const MAX_IDS = 64
/** Numbers of a line's points in one message; a longer line is shown when it is done. */
const MAX_COORDINATES = 64
/** UTF-16 code units of a name, as others show it. */
const MAX_NAME = 40

const coordinate = v.pipe(v.number(), v.minValue(-LIMITS.coordinate), v.maxValue(LIMITS.coordinate))
const vec = v.tuple([coordinate, coordinate])
const id = wireId
const ids = v.pipe(v.array(id), v.maxLength(MAX_IDS))
/** Null stands for the selection, which is most often what moves; a text holds more ids than can be written out. */
const subjects = v.nullable(v.union([ids, packedIds]))
const length = v.pipe(v.number(), v.minValue(0), v.maxValue(2 * LIMITS.coordinate))
/** Boxes of gestures may reach beyond what a document holds. */
const far = v.pipe(v.number(), v.minValue(-4 * LIMITS.coordinate), v.maxValue(4 * LIMITS.coordinate))
const box = v.object({ x: far, y: far, w: length, h: length })
/** Times that a side may become longer: what is divided by nearly nothing is no number. */
const MOST_GROWTH = 1e9
const growsWithin = (from: number, to: number): boolean => from === 0 || to <= from * MOST_GROWTH

/** Strokes in one message that are being cut, and stretches of each; of more, others see what becomes of the first. */
const MAX_CUTS = 24
const MAX_STRETCHES = 24

const place = v.pipe(v.number(), v.finite(), v.minValue(0))
const cut = v.object({ id, keep: v.pipe(v.array(v.tuple([place, place])), v.maxLength(MAX_STRETCHES)) })

const Adjusted = v.object({
  pos: v.exactOptional(vec),
  size: v.exactOptional(prop.size.schema),
  columns: v.exactOptional(prop.shares.schema),
  rows: v.exactOptional(prop.shares.schema),
  tip: v.exactOptional(v.nullable(vec)),
})

const WirePreview = v.variant('kind', [
  v.object({ kind: v.literal('move'), ids: subjects, offset: vec }),
  v.object({ kind: v.literal('duplicate'), ids: subjects, offset: vec }),
  v.object({
    kind: v.literal('resize'),
    ids: subjects,
    resize: v.pipe(
      v.object({ from: box, to: box, flipX: v.boolean(), flipY: v.boolean() }),
      v.check(({ from, to }) => growsWithin(from.w, to.w) && growsWithin(from.h, to.h)),
    ),
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
    start: v.exactOptional(prop.binding.schema),
    end: v.exactOptional(prop.binding.schema),
    bend: v.exactOptional(vec),
  }),
  v.object({ kind: v.literal('adjust'), id, keys: Adjusted }),
  v.object({ kind: v.literal('crop'), id, pos: vec, size: prop.size.schema, crop: prop.crop.schema }),
  v.object({ kind: v.literal('create'), shape: v.record(v.string(), v.unknown()) }),
  v.object({ kind: v.literal('erase'), ids: subjects }),
  v.object({ kind: v.literal('cut'), cuts: v.pipe(v.array(cut), v.maxLength(MAX_CUTS)) }),
  StrokeWindow,
  BeamWindow,
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
  /** The page that the person looks at; those of the first, and versions without pages, send none. */
  page: v.fallback(v.pipe(v.string(), v.maxLength(LIMITS.idLength)), ''),
  /** Read by itself: a preview that this version does not know takes nothing else with it. */
  preview: v.unknown(),
})

/** What goes over the wire, as JSON: a few hundred bytes, below 2 KB at rest, and below 6 KB whatever the gesture. */
export interface PresenceState {
  readonly user: User
  readonly cursor: Vec | null
  readonly selection: readonly ShapeId[]
  readonly gesture: number
  readonly caret: ({ readonly shape: ShapeId } & TextSelection) | null
  /** Absent for the first page. */
  readonly page?: string
  readonly preview: unknown
}

/** A presence message that was read: plain previews as they are, many ids and a stroke still as they were packed. */
export interface ReadPresence extends Omit<PresenceState, 'preview'> {
  readonly preview: ReadPreview | null
}

export type ReadPreview = PlainPreview | Packed<OfMany> | StrokeWindow

type PlainPreview = Exclude<Preview, { readonly kind: 'ink' | 'marquee' | 'lasso' }>
/** A preview that is about any number of shapes. */
type OfMany = Extract<Preview, { readonly ids: readonly ShapeId[] }>
type Packed<P> = P extends unknown ? Omit<P, 'ids'> & { readonly ids: string } : never

/** What others are to see of a person. `cursor` in world space, null while the pointer is elsewhere. */
export function presenceState(
  user: User,
  state: Pick<EditorState, 'selection' | 'preview' | 'camera' | 'editing' | 'caret'>,
  cursor: Vec | null,
  gesture: number,
  page = '',
): PresenceState {
  const { zoom } = state.camera
  return {
    user: { name: user.name.slice(0, MAX_NAME), colour: user.colour },
    cursor: cursor && [tidy(cursor[0], zoom), tidy(cursor[1], zoom)],
    selection: [...state.selection].slice(0, MAX_IDS),
    gesture,
    caret: state.editing !== null && state.caret ? { shape: state.editing, ...state.caret } : null,
    ...(page !== '' && { page }),
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
    case 'adjust':
    case 'crop':
      return preview
    case 'create': {
      const { shape } = preview
      if ('points' in shape && shape.points.length > MAX_COORDINATES) return null
      return { kind: 'create', shape: plainShape(shape) }
    }
    case 'ink':
      return strokeWindow(preview.stroke, inkPrecision(zoom))
    case 'cut':
      return { kind: 'cut', cuts: preview.cuts.slice(0, MAX_CUTS).map(wireCut) }
    case 'laser':
      return beamWindow(preview.beam, inkPrecision(zoom))
    case 'marquee':
    case 'lasso':
      return null
    default:
      return unreachable(preview)
  }
}

/** A place on a stroke: to a hair, also where two points are a screen apart. */
const rounded = (place: number): number => Math.round(place * 1e4) / 1e4

const wireCut = ({ id: shape, keep }: Cut) => ({
  id: shape,
  keep: keep.slice(0, MAX_STRETCHES).map(([from, to]) => [rounded(from), rounded(to)]),
})

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
  if (preview.kind === 'laser') return { kind: 'laser', beam: windowBeam(preview) }
  if (preview.kind !== 'create') return preview
  const { id: shapeId } = preview.shape
  const shape = shapeOfPlain(preview.shape)
  if (shape.type === 'unreadable' || !v.is(id, shapeId)) return null
  return { kind: 'create', shape: { ...shape, id: shapeId } }
}
