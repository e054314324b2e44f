import { prop } from '../schema/prop.ts'
import type { ShapeSpec } from './common.ts'
import { type Path, pathBox, pathProps, resizedPath, touchesPath } from './path.ts'

export interface Line extends Path {
  readonly type: 'line'
}

export const line: ShapeSpec<Line> = {
  type: 'line',
  props: { type: prop.type('line'), ...pathProps },
  box: pathBox,
  touches: touchesPath,
  resized: resizedPath,
}
