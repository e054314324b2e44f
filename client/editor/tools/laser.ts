import { distance, type Vec } from '../../../shared/geometry/vec.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import type { Beam, Scene, Step, Tool } from '../types.ts'

export type LaserState = { readonly at: 'rest' } | { readonly at: 'pointing'; readonly beam: Beam }

const REST: LaserState = { at: 'rest' }

/** Points that are kept: what came before has faded. */
const KEPT = 64
/** Screen pixels. Samples closer together than this look the same. */
const LEAST_STEP = 2

/** Draws a trail that all see for a moment. Nothing of it is on the board, so readers may point as well. */
export const laser: Tool<LaserState> = {
  name: 'laser',
  initial: REST,
  step(state, event, scene) {
    switch (event.type) {
      case 'down':
        return state.at === 'rest' ? show({ id: scene.newId(), start: 0, points: [event.at] }) : [state]
      case 'move': {
        if (state.at === 'rest') return [state]
        const way = event.samples.map(sample => sample.at)
        return show(longer(state.beam, way, scene))
      }
      case 'up':
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

const show = (beam: Beam): Step<LaserState> => [
  { at: 'pointing', beam },
  { do: 'preview', preview: { kind: 'laser', beam } },
]

function longer({ id, start, points }: Beam, way: readonly Vec[], { camera }: Scene): Beam {
  const all = [...points]
  for (const at of way) if (distance(all.at(-1) as Vec, at) >= LEAST_STEP / camera.zoom) all.push(at)
  const gone = Math.max(0, all.length - KEPT)
  return { id, start: start + gone, points: all.slice(gone) }
}
