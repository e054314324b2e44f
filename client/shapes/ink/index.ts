import icon from 'lucide-static/icons/pencil.svg?raw'
import type { InkShape } from '../../../shared/shapes/ink.ts'
import type { ShapeKit } from '../kit.ts'
import { ink as tool } from './tool.ts'
import { inkView } from './view.ts'

export const ink: ShapeKit<InkShape> = {
  view: inkView,
  tool: { name: 'ink', title: 'Pen', keys: ['p', 'x', '7'], icon, place: 'bar', tool },
}
