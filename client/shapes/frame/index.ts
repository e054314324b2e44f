import icon from 'lucide-static/icons/frame.svg?raw'
import type { Frame } from '../../../shared/shapes/frame.ts'
import type { ShapeKit } from '../kit.ts'
import { frame as tool } from './tool.ts'
import { frameView } from './view.ts'

export const frame: ShapeKit<Frame> = {
  view: frameView,
  tool: { name: 'frame', title: 'Frame', keys: ['f'], icon, place: 'bar', tool },
}
