import icon from 'lucide-static/icons/diamond.svg?raw'
import type { Diamond } from '../../../shared/shapes/diamond.ts'
import type { ShapeKit } from '../kit.ts'
import { diamond as tool } from './tool.ts'
import { diamondView } from './view.ts'

export const diamond: ShapeKit<Diamond> = {
  view: diamondView,
  tool: { name: 'diamond', title: 'Diamond', keys: ['d', '3'], icon, place: 'bar', tool },
}
