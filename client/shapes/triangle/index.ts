import icon from 'lucide-static/icons/triangle.svg?raw'
import type { Triangle } from '../../../shared/shapes/triangle.ts'
import type { ShapeKit } from '../kit.ts'
import { triangle as tool } from './tool.ts'
import { triangleView } from './view.ts'

export const triangle: ShapeKit<Triangle> = {
  view: triangleView,
  tool: { name: 'triangle', title: 'Triangle', keys: [], icon, place: 'figures', tool },
}
