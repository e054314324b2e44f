import { sub, type Vec } from '../../../shared/geometry/vec.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { panBy } from '../camera.ts'
import type { Tool } from '../types.ts'

export type HandState = { readonly at: 'rest' } | { readonly at: 'panning'; readonly screen: Vec }

const REST: HandState = { at: 'rest' }

export const hand: Tool<HandState> = {
  name: 'hand',
  initial: REST,
  step(state, event, scene) {
    switch (event.type) {
      case 'down':
        return [{ at: 'panning', screen: event.screen }]
      case 'move':
        if (state.at === 'rest') return [state]
        return [
          { at: 'panning', screen: event.screen },
          { do: 'look', camera: panBy(scene.camera, sub(event.screen, state.screen)) },
        ]
      case 'up':
      case 'cancel':
        return [REST]
      case 'modifiers':
      case 'finish':
        return [state]
      default:
        return unreachable(event)
    }
  },
  cursor: state => (state.at === 'panning' ? 'grabbing' : 'grab'),
}
