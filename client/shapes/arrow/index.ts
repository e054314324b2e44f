import icon from 'lucide-static/icons/move-up-right.svg?raw'
import type { Arrow } from '../../../shared/shapes/arrow.ts'
import type { ShapeKit } from '../kit.ts'
import { arrow as tool } from './tool.ts'
import { arrowView } from './view.ts'

export const arrow: ShapeKit<Arrow> = {
  view: arrowView,
  tool: { name: 'arrow', title: 'Arrow', keys: ['a', '5'], icon, place: 'bar', tool },
}
