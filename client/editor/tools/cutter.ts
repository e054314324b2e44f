import { type Sweep, stretchesLeft } from '../../../shared/geometry/cut.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import type { KnownShape, ShapeId } from '../../../shared/shapes/index.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { isCuttable, pieces, polylineOf, reachOf, wholeOf } from '../cutting.ts'
import { isFree } from '../free.ts'
import { keysBetween } from '../order-keys.ts'
import { knownShape } from '../preview.ts'
import type { Edit, Scene, Step, Stretch, Tool, ToolEvent } from '../types.ts'
import { type EraserState, eraser } from './eraser.ts'
import { hitTolerance } from './pointer.ts'

type Kept = ReadonlyMap<ShapeId, readonly Stretch[]>

export type CutterState =
  | { readonly at: 'rest' }
  /** With alt: whole shapes, as the eraser does. */
  | { readonly at: 'erasing'; readonly eraser: EraserState }
  | {
      readonly at: 'cutting'
      /** World space. */
      readonly last: Vec
      /** World units. */
      readonly radius: number
      /** What is left of each stroke that was touched. */
      readonly kept: Kept
    }

type Cutting = Extract<CutterState, { readonly at: 'cutting' }>

const REST: CutterState = { at: 'rest' }

/** Screen pixels. What is left of a stroke but shorter than this is a speck. */
const SPECK = 2

/**
 * Cuts away the parts of strokes and lines that the pointer sweeps over, and leaves every other shape alone. With alt
 * it erases whole shapes.
 */
export const cutter: Tool<CutterState> = {
  name: 'cutter',
  initial: REST,
  step(state, event, scene) {
    if (state.at === 'erasing') return erase(state.eraser, event, scene)
    switch (event.type) {
      case 'down': {
        if (state.at !== 'rest') return [state]
        if (event.modifiers.alt) return erase(eraser.initial, event, scene)
        const radius = hitTolerance(event.pointer) / scene.camera.zoom
        return sweep({ at: 'cutting', last: event.at, radius, kept: new Map() }, [event.at], scene)
      }
      case 'move': {
        if (state.at === 'rest') return [state]
        const way = event.samples.map(sample => sample.at)
        return sweep(state, way, scene)
      }
      case 'up': {
        if (state.at === 'rest') return [state]
        const [{ kept }] = sweep(state, [event.at], scene)
        return [REST, { do: 'preview', preview: null }, { do: 'commit', edits: cutEdits(kept, scene) }]
      }
      case 'cancel':
        return state.at === 'rest' ? [state] : [REST, { do: 'preview', preview: null }]
      case 'modifiers':
      case 'finish':
        return [state]
      default:
        return unreachable(event)
    }
  },
  cursor: () => 'crosshair',
}

function erase(state: EraserState, event: ToolEvent, scene: Scene): Step<CutterState> {
  const [next, ...effects] = eraser.step(state, event, scene)
  return [next === eraser.initial ? REST : { at: 'erasing', eraser: next }, ...effects]
}

function sweep(state: Cutting, way: readonly Vec[], scene: Scene): Step<Cutting> {
  let { last, kept } = state
  for (const at of way) {
    kept = cutAlong(kept, { from: last, to: at, radius: state.radius }, scene)
    last = at
  }
  const next = { ...state, last, kept }
  if (kept === state.kept) return [next]
  const cuts = Array.from(kept, ([id, keep]) => ({ id, keep }))
  return [next, { do: 'preview', preview: { kind: 'cut', cuts } }]
}

/** What a step of the sweep leaves; the very same map where it touches nothing. */
function cutAlong(kept: Kept, step: Sweep, scene: Scene): Kept {
  const { from, to, radius } = step
  let next: Map<ShapeId, readonly Stretch[]> | undefined
  for (const shape of scene.meeting(around(from, to, radius))) {
    if (!isCuttable(shape) || !isFree(shape)) continue
    const points = polylineOf(shape, scene.lineWidth)
    const before = kept.get(shape.id) ?? [wholeOf(points)]
    const reach = reachOf(shape)
    const isTouched = stretchesLeft(points, before, { ...step, radius: grazed(radius, reach) }, 0) !== before
    if (!isTouched) continue
    // A gap is as wide as the cutter only when the ends of what is left do not reach into it.
    const wide = { ...step, radius: radius + reach }
    const left = stretchesLeft(points, before, wide, SPECK / scene.camera.zoom)
    next ??= new Map(kept)
    next.set(shape.id, left)
  }
  return next ?? kept
}

/**
 * How far from the middle of a stroke a cutter may pass that cuts it: further out, the round ends of what is left would
 * fill the gap, half a cutter wide at least, that it makes.
 */
const grazed = (radius: number, reach: number): number =>
  Math.sqrt((radius + reach) ** 2 - (reach + radius / 2) ** 2)

const around = (from: Vec, to: Vec, radius: number) => ({
  x: Math.min(from[0], to[0]) - radius,
  y: Math.min(from[1], to[1]) - radius,
  w: Math.abs(from[0] - to[0]) + 2 * radius,
  h: Math.abs(from[1] - to[1]) + 2 * radius,
})

function cutEdits(kept: Kept, scene: Scene): readonly Edit[] {
  return Array.from(kept).flatMap(([id, keep]) => {
    const shape = knownShape(scene.board, id)
    return shape ? editsOfCut(shape, keep, scene) : []
  })
}

/** The first piece goes on being the shape, for all that refers to it; the others are copies right above. */
function editsOfCut(shape: KnownShape, keep: readonly Stretch[], scene: Scene): readonly Edit[] {
  if (!isCuttable(shape)) return []
  const { id } = shape
  const [first, ...rest] = pieces(shape, keep, scene.lineWidth, scene.camera.zoom)
  if (!first) return [{ op: 'remove', id }]
  const { ordered } = scene.board
  const above = rest.length > 0 ? ordered[ordered.findIndex(other => other.id === id) + 1] : undefined
  const keys = keysBetween(shape.z, above?.z ?? null, rest.length)
  const others = rest.map((patch, i): Edit => {
    const piece = { ...shape, ...patch, id: scene.newId(), z: keys[i] ?? shape.z } as KnownShape
    return { op: 'create', shape: piece }
  })
  return [{ op: 'patch', id, patch: first }, ...others]
}
