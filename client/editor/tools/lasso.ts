import { boxAround } from '../../../shared/geometry/box.ts'
import { segmentsMeet } from '../../../shared/geometry/polyline.ts'
import { insideOf } from '../../../shared/geometry/region.ts'
import { simplified } from '../../../shared/geometry/simplify.ts'
import { distance, type Vec } from '../../../shared/geometry/vec.ts'
import type { ShapeId } from '../../../shared/shapes/index.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { isFree } from '../free.ts'
import { wholeGroups } from '../groups.ts'
import { outlineOf } from '../outline.ts'
import type { Effect, Modifiers, Scene, Step, Tool } from '../types.ts'
import { dragThreshold, isDrag } from './pointer.ts'

interface Press {
  readonly screen: Vec
  /** Screen pixels. */
  readonly threshold: number
  /** What was selected before the pointer went down. */
  readonly before: ReadonlySet<ShapeId>
}

export type LassoState =
  | { readonly at: 'rest' }
  | { readonly at: 'pressed'; readonly press: Press; readonly from: Vec }
  /** The points grow in place; copying them with every move would cost the square of their number. */
  | { readonly at: 'looping'; readonly press: Press; readonly points: Vec[] }

const REST: LassoState = { at: 'rest' }

/** Screen pixels. Samples closer together than this are the same to a loop around shapes. */
const LEAST_STEP = 3
/** Screen pixels by which the loop that is tested may miss the one that is drawn. */
const TOLERANCE = 1.5
/** The share of a shape that lies in the loop from which on it is meant. */
const MOSTLY = 0.75

/**
 * Selects what lies mostly inside of a freehand loop; with alt, whatever the loop touches. Shift adds to what is
 * selected. A click selects nothing.
 */
export const lasso: Tool<LassoState> = {
  name: 'lasso',
  initial: REST,
  step(state, event, scene) {
    switch (event.type) {
      case 'down': {
        if (state.at !== 'rest') return [state]
        const { at: from, screen, pointer } = event
        const press = { screen, threshold: dragThreshold(pointer), before: scene.selection }
        return [{ at: 'pressed', press, from }]
      }
      case 'move': {
        if (state.at === 'rest') return [state]
        if (state.at === 'pressed' && !isDrag(state.press.screen, event.screen, state.press.threshold)) {
          return [state]
        }
        const points = state.at === 'pressed' ? [state.from] : state.points
        for (const { at } of event.samples) {
          if (distance(points.at(-1) as Vec, at) >= LEAST_STEP / scene.camera.zoom) points.push(at)
        }
        return loop({ at: 'looping', press: state.press, points }, event.modifiers, scene)
      }
      case 'modifiers':
        return state.at === 'looping' ? loop(state, event.modifiers, scene) : [state]
      case 'up': {
        if (state.at === 'rest') return [state]
        if (state.at === 'looping')
          return [REST, { do: 'preview', preview: null }, ...handOver(event.modifiers, scene)]
        return event.modifiers.shift ? [REST] : [REST, { do: 'select', ids: [] }]
      }
      case 'cancel':
        if (state.at === 'rest') return [state]
        return [REST, { do: 'preview', preview: null }, { do: 'select', ids: state.press.before }]
      case 'finish':
        return [state]
      default:
        return unreachable(event)
    }
  },
  cursor: () => 'crosshair',
}

/** What is caught is most often dragged next. With shift, another loop may follow. */
const handOver = ({ shift }: Modifiers, { selection }: Scene): readonly Effect[] =>
  shift || selection.size === 0 ? [] : [{ do: 'made', ids: selection }]

function loop(
  state: Extract<LassoState, { readonly at: 'looping' }>,
  { shift, alt }: Modifiers,
  scene: Scene,
): Step<LassoState> {
  const { points, press } = state
  const caught = caughtIn(simplified(points, TOLERANCE / scene.camera.zoom), alt, scene)
  const ids = shift ? new Set([...press.before, ...caught]) : caught
  const effects: readonly Effect[] = [
    { do: 'preview', preview: { kind: 'lasso', points } },
    { do: 'select', ids },
  ]
  return [state, ...effects]
}

/** What the loop selects: groups as a whole. */
function caughtIn(polygon: readonly Vec[], touching: boolean, scene: Scene): ReadonlySet<ShapeId> {
  const near = scene.meeting(boxAround(polygon)).filter(isFree)
  const isInside = insideOf(polygon)
  if (touching) {
    const touched = near.filter(shape => meets(polygon, isInside, outlineOf(shape, scene.lineWidth)))
    return scene.withGroups(touched.map(shape => shape.id))
  }
  const inside = near.filter(shape => isMostly(outlineOf(shape, scene.lineWidth), isInside))
  return wholeGroups(inside, scene.members)
}

type IsInside = (p: Vec) => boolean

function isMostly(outline: readonly Vec[], isInside: IsInside): boolean {
  const mayMiss = Math.floor(outline.length * (1 - MOSTLY))
  let missed = 0
  for (const p of outline) {
    if (isInside(p)) continue
    missed += 1
    if (missed > mayMiss) return false
  }
  return true
}

function meets(polygon: readonly Vec[], isInside: IsInside, outline: readonly Vec[]): boolean {
  if (outline.some(isInside)) return true
  return outline.some((p, i) => {
    const before = outline[i - 1]
    return (
      before !== undefined &&
      polygon.some((q, j) => segmentsMeet(before, p, q, polygon[(j + 1) % polygon.length] as Vec))
    )
  })
}
