import { LINE_HEIGHT } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { TextShape } from '../../shared/shapes/text.ts'
import { styleOf } from './style.ts'
import { tidied } from './tidy.ts'
import type { Scene } from './types.ts'

/** An empty text whose first line runs through `at`. */
export function newText(at: Vec, scene: Pick<Scene, 'newId' | 'style' | 'topKey' | 'camera'>): TextShape {
  const { style } = scene
  const pos: Vec = [at[0], at[1] - (style.fontSize * LINE_HEIGHT) / 2]
  const shape = makeShape('text', { id: scene.newId(), z: scene.topKey(), pos })
  return tidied({ ...shape, ...styleOf('text', style) }, scene.camera.zoom) as TextShape
}
