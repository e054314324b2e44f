import { type KnownShape, shapeBounds } from '../../../shared/shapes/index.ts'
import { canLieInFrame, keyBelow } from '../../editor/frames.ts'
import { type BoxState, boxTool } from '../../editor/tools/box-tool.ts'
import type { Edit, Effect, Scene, Tool } from '../../editor/types.ts'

const box = boxTool('frame')

/** Draws a frame from corner to corner, below what it takes in: all that lies wholly inside and in no other frame. */
export const frame: Tool<BoxState> = {
  ...box,
  step(state, event, scene) {
    const [next, ...effects] = box.step(state, event, scene)
    return [next, ...effects.map(effect => taking(effect, scene))]
  },
}

function taking(effect: Effect, scene: Scene): Effect {
  if (effect.do !== 'commit') return effect
  return {
    ...effect,
    edits: effect.edits.flatMap(edit => (edit.op === 'create' ? framing(edit.shape, scene) : edit)),
  }
}

function framing(shape: KnownShape, scene: Scene): readonly Edit[] {
  const inside = scene
    .inside(shapeBounds(shape, scene.lineWidth))
    .filter(other => canLieInFrame(other) && other.frame === '')
  return [
    { op: 'create', shape: { ...shape, opacity: 1, z: keyBelow(inside, scene.board) } },
    ...inside.map(({ id }) => ({ op: 'patch' as const, id, patch: { frame: shape.id } })),
  ]
}
