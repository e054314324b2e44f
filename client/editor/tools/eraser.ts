import type { Vec } from '../../../shared/geometry/vec.ts'
import type { ShapeId } from '../../../shared/shapes/index.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { editsOf } from '../preview.ts'
import type { Scene, Step, Tool } from '../types.ts'
import { hitTolerance } from './pointer.ts'

export type EraserState =
  | { readonly at: 'rest' }
  | {
      readonly at: 'sweeping'
      /** World space. */
      readonly last: Vec
      /** Screen pixels. */
      readonly tolerance: number
      readonly touched: ReadonlySet<ShapeId>
    }

type Sweep = Extract<EraserState, { readonly at: 'sweeping' }>

const REST: EraserState = { at: 'rest' }

/** Everything that the pointer sweeps over fades, and is removed in one transaction when the pointer goes up. */
export const eraser: Tool<EraserState> = {
  name: 'eraser',
  initial: REST,
  step(state, event, scene) {
    switch (event.type) {
      case 'down': {
        if (state.at !== 'rest') return [state]
        const { at: last, pointer } = event
        return sweep(
          { at: 'sweeping', last, tolerance: hitTolerance(pointer), touched: new Set() },
          [last],
          scene,
        )
      }
      case 'move': {
        if (state.at === 'rest') return [state]
        return sweep(
          state,
          event.samples.map(sample => sample.at),
          scene,
        )
      }
      case 'up': {
        if (state.at === 'rest') return [state]
        const [{ touched }] = sweep(state, [event.at], scene)
        const edits = editsOf(
          { kind: 'erase', ids: [...touched] },
          scene.board,
          scene.lineWidth,
          scene.camera.zoom,
        )
        return [REST, { do: 'preview', preview: null }, { do: 'commit', edits }]
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

/** Follows the pointer along `way`. What belongs to a group goes with the whole of it. */
function sweep(state: Sweep, way: readonly Vec[], scene: Scene): Step<Sweep> {
  let last = state.last
  let touched = state.touched
  for (const at of way) {
    const ids = scene.touchedAlong(last, at, state.tolerance).map(shape => shape.id)
    if (ids.some(id => !touched.has(id))) touched = new Set([...touched, ...scene.withGroups(ids)])
    last = at
  }
  const next = { ...state, last, touched }
  if (touched === state.touched) return [next]
  return [next, { do: 'preview', preview: { kind: 'erase', ids: [...touched] } }]
}
