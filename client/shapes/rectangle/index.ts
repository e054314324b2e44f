import icon from 'lucide-static/icons/square.svg?raw'
import type { Rectangle } from '../../../shared/shapes/rectangle.ts'
import type { ShapeKit } from '../kit.ts'
import { rectangle as tool } from './tool.ts'
import { rectangleView } from './view.ts'

export const rectangle: ShapeKit<Rectangle> = {
  view: rectangleView,
  tool: { name: 'rectangle', title: 'Rectangle', keys: ['r', '2'], icon, place: 'bar', tool },
}
