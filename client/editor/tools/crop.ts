import { sub, type Vec } from '../../../shared/geometry/vec.ts'
import type { ImageShape } from '../../../shared/shapes/image.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { type CropPatch, cropBySides, cropPushed } from '../crop.ts'
import { editsOf, knownShapes } from '../preview.ts'
import { handleAt, handleCursor, isResizeHandle, sidesOf } from '../selection-frame.ts'
import type { Effect, Preview, Scene, Step, Tool, ToolEvent } from '../types.ts'

export type CropState =
  | { readonly at: 'rest' }
  | { readonly at: 'dragging'; readonly from: Vec; readonly image: ImageShape; readonly sides: Vec | null }

const REST: CropState = { at: 'rest' }
const LEAVE: Effect = { do: 'use', tool: 'select' }

/**
 * Chooses what of an image shows: a handle pulls its sides, a drag on the picture pushes it behind them. A press beside
 * it ends that, as Enter and Escape do.
 */
export const crop: Tool<CropState> = {
  name: 'crop',
  initial: REST,
  step(state, event, scene) {
    switch (event.type) {
      case 'down':
        return state.at === 'rest' ? down(event, scene) : [state]
      case 'move':
        if (state.at === 'rest') return [state]
        return [state, { do: 'preview', preview: previewAt(state, event.at) }]
      case 'up': {
        if (state.at === 'rest') return [state]
        const isStill = event.at[0] === state.from[0] && event.at[1] === state.from[1]
        const preview = previewAt(state, event.at)
        const edits = isStill ? [] : editsOf(preview, scene.board, scene.lineWidth, scene.camera.zoom)
        return [REST, { do: 'preview', preview: null }, { do: 'commit', edits }]
      }
      case 'cancel':
        return state.at === 'rest' ? [state] : [REST, { do: 'preview', preview: null }]
      case 'finish':
        return state.at === 'rest' ? [state, LEAVE] : [state]
      case 'modifiers':
        return [state]
      default:
        return unreachable(event)
    }
  },
  cursor(state, scene, at) {
    if (state.at === 'dragging' && !state.sides) return 'grabbing'
    const frame = scene.frame()
    const handle = frame && handleAt(frame, at, scene.camera.zoom, false)
    if (frame && handle && isResizeHandle(handle)) return handleCursor(handle, frame.rot)
    return scene.hit(at)?.type === 'image' ? 'grab' : 'default'
  },
}

function down(event: Extract<ToolEvent, { readonly type: 'down' }>, scene: Scene): Step<CropState> {
  const frame = scene.frame()
  const image = croppedIn(scene)
  const handle = frame && handleAt(frame, event.at, scene.camera.zoom, event.pointer === 'touch')
  if (image && handle && isResizeHandle(handle))
    return [{ at: 'dragging', from: event.at, image, sides: sidesOf(handle) }]
  const hit = scene.hit(event.at)
  if (hit?.type !== 'image') return [REST, LEAVE, { do: 'select', ids: [] }]
  return [
    { at: 'dragging', from: event.at, image: hit, sides: null },
    { do: 'select', ids: [hit.id] },
  ]
}

/** The image that is selected, alone. */
function croppedIn(scene: Scene): ImageShape | undefined {
  const [only, ...others] = knownShapes(scene.board, scene.selection)
  return only?.type === 'image' && others.length === 0 ? only : undefined
}

function previewAt(
  { from, image, sides }: Extract<CropState, { readonly at: 'dragging' }>,
  at: Vec,
): Extract<Preview, { readonly kind: 'crop' }> {
  const by = sub(at, from)
  const patch: CropPatch = sides ? cropBySides(image, sides, by) : cropPushed(image, by)
  return { kind: 'crop', id: image.id, ...patch }
}
