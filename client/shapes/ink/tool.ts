import type { Ink } from '../../../shared/geometry/ink.ts'
import { inkPrecision } from '../../../shared/geometry/ink.ts'
import { distance, lerp, type Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { type Brush, type InkShape, inkKeys, isSteady } from '../../../shared/shapes/ink.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { tidied } from '../../editor/tidy.ts'
import type { PointerSample, Scene, Step, StrokeInProgress, Tool, ToolEvent } from '../../editor/types.ts'

/** A stroke that grows in place: copying it with every sample would cost the square of its length. */
interface GrowingInk extends Ink {
  readonly points: Vec[]
  readonly pressures: number[] | null
}

export type InkState =
  | { readonly at: 'rest' }
  | {
      readonly at: 'drawing'
      /** Without its points. */
      readonly stroke: Omit<StrokeInProgress, 'ink'>
      readonly ink: GrowingInk
      readonly isStraight: boolean
    }

type Down = Extract<ToolEvent, { readonly type: 'down' }>
type Drawing = Extract<InkState, { readonly at: 'drawing' }>

const REST: InkState = { at: 'rest' }

/** Screen pixels. Samples closer together than this look the same. */
const LEAST_STEP = 0.5

/** Screen pixels. Samples further apart than this are meant. */
const JITTER = 4
/** How far a trembling point is drawn towards its neighbours, at most. */
const MOST_PULL = 0.7

/** The pressure of a sample that reports none in a stroke that has pressure. */
const EVEN_PRESSURE = 0.5

/** A tool that draws freehand. Shift makes the stroke a straight line from where it began. A tap makes a dot. */
function strokeTool(name: 'ink' | 'highlighter', brush: Brush): Tool<InkState> {
  function begin({ at, pressure, modifiers }: Down, scene: Scene): Step<InkState> {
    const { stroke, width, opacity, steady } = scene.style
    const hasPressure = pressure !== null && !isSteady({ brush, steady })
    return show({
      at: 'drawing',
      stroke: { id: scene.newId(), z: scene.topKey(), stroke, width, opacity, brush, steady },
      ink: { points: [at], pressures: hasPressure ? [pressure] : null },
      isStraight: modifiers.shift,
    })
  }

  return {
    name,
    initial: REST,
    step(state, event, scene) {
      switch (event.type) {
        case 'down':
          return state.at === 'rest' ? begin(event, scene) : [state]
        case 'move':
          if (state.at === 'rest') return [state]
          extend(state.ink, event.samples, scene.camera.zoom)
          return show({ ...state, isStraight: event.modifiers.shift })
        case 'modifiers':
          return state.at === 'rest' ? [state] : show({ ...state, isStraight: event.modifiers.shift })
        case 'up': {
          if (state.at === 'rest') return [state]
          extend(state.ink, [{ at: event.at, pressure: null }], scene.camera.zoom)
          const shapes = strokeShapes({ ...state.stroke, ink: shownInk(state) }, scene)
          return [
            REST,
            { do: 'preview', preview: null },
            { do: 'commit', edits: shapes.map(shape => ({ op: 'create', shape })) },
          ]
        }
        case 'cancel':
          return state.at === 'rest' ? [state] : [REST, { do: 'preview', preview: null }]
        case 'finish':
          return [state]
        default:
          return unreachable(event)
      }
    },
    cursor: () => 'crosshair',
  }
}

export const ink = strokeTool('ink', 'pen')
export const highlighter = strokeTool('highlighter', 'highlighter')

const show = (state: Drawing): Step<InkState> => [
  state,
  { do: 'preview', preview: { kind: 'ink', stroke: { ...state.stroke, ink: shownInk(state) } } },
]

function extend({ points, pressures }: GrowingInk, samples: readonly PointerSample[], zoom: number): void {
  for (const { at, pressure } of samples) {
    if (distance(points.at(-1) as Vec, at) < LEAST_STEP / zoom) continue
    steadyLast(points, at, JITTER / zoom)
    points.push(at)
    pressures?.push(pressure ?? pressures.at(-1) ?? EVEN_PRESSURE)
  }
}

/**
 * Draws the last point towards the middle of its neighbours, the more the closer they are: a slow hand trembles, and a
 * mouse reports whole pixels. The newest point stays where the pointer is, so that the stroke reaches it.
 */
function steadyLast(points: Vec[], next: Vec, jitter: number): void {
  const [before, last] = [points.at(-2), points.at(-1)]
  if (!before || !last) return
  const furthest = Math.max(distance(before, last), distance(last, next))
  const pull = MOST_PULL * (1 - furthest / jitter)
  if (pull > 0) points[points.length - 1] = lerp(last, lerp(before, next, 0.5), pull)
}

function shownInk({ ink, isStraight }: Drawing): Ink {
  const { points, pressures } = ink
  if (!isStraight || points.length < 2) return ink
  const ends = <T>(list: readonly T[]): readonly T[] => [list[0] as T, list.at(-1) as T]
  return { points: ends(points), pressures: pressures && ends(pressures) }
}

/** The shapes of a finished stroke: one, or several in a group where one would be larger than a document takes. */
function strokeShapes(stroke: StrokeInProgress, scene: Scene): readonly InkShape[] {
  const precision = inkPrecision(scene.camera.zoom)
  const parts = packed(stroke.ink, precision)
  const groups = parts.length > 1 ? [scene.newId()] : []
  return parts.map((keys, i) => {
    const { ink: _, ...given } = stroke
    const id = i === 0 ? stroke.id : scene.newId()
    return makeShape('ink', { ...given, id, groups, ...tidied(keys, scene.camera.zoom) })
  })
}

function packed(ink: Ink, precision: number): readonly ReturnType<typeof inkKeys>[] {
  const keys = inkKeys(ink, precision)
  if (keys.ink.length <= LIMITS.inkBytes || ink.points.length < 2) return [keys]
  // Both halves hold the point in the middle, so that no gap shows.
  const middle = ink.points.length >> 1
  const part = (start: number, end?: number): Ink => ({
    points: ink.points.slice(start, end),
    pressures: ink.pressures?.slice(start, end) ?? null,
  })
  return [...packed(part(0, middle + 1), precision), ...packed(part(middle), precision)]
}
