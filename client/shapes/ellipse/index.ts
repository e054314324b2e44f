import icon from 'lucide-static/icons/circle.svg?raw'
import type { Ellipse } from '../../../shared/shapes/ellipse.ts'
import type { ShapeKit } from '../kit.ts'
import { ellipse as tool } from './tool.ts'
import { ellipseView } from './view.ts'

export const ellipse: ShapeKit<Ellipse> = {
  view: ellipseView,
  tool: { name: 'ellipse', title: 'Ellipse', keys: ['o', '4'], icon, place: 'bar', tool },
}
