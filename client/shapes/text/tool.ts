import { unreachable } from '../../../shared/util/unreachable.ts'
import { newText } from '../../editor/new-text.ts'
import { hitTolerance } from '../../editor/tools/pointer.ts'
import type { Tool } from '../../editor/types.ts'

export type TextState = { readonly at: 'rest' } | { readonly at: 'pressed'; readonly tolerance: number }

const REST: TextState = { at: 'rest' }

/** A click writes: into the shape under the pointer when that can hold text, in a new text otherwise. */
export const text: Tool<TextState> = {
  name: 'text',
  initial: REST,
  step(state, event, scene) {
    switch (event.type) {
      case 'down':
        return [{ at: 'pressed', tolerance: hitTolerance(event.pointer) }]
      case 'up': {
        if (state.at === 'rest') return [state]
        const hit = scene.hit(event.at, state.tolerance) ?? scene.figureAround(event.at)
        return [
          REST,
          ...(scene.settings.toolLock ? [] : ([{ do: 'use', tool: 'select' }] as const)),
          hit && 'text' in hit
            ? { do: 'edit', id: hit.id, at: event.at }
            : { do: 'draft', shape: newText(event.at, scene) },
        ]
      }
      case 'cancel':
        return [REST]
      case 'move':
      case 'modifiers':
      case 'finish':
        return [state]
      default:
        return unreachable(event)
    }
  },
  cursor: () => 'text',
}
