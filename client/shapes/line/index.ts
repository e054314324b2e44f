import icon from 'lucide-static/icons/slash.svg?raw'
import type { Line } from '../../../shared/shapes/line.ts'
import type { ShapeKit } from '../kit.ts'
import { line as tool } from './tool.ts'
import { lineView } from './view.ts'

export const line: ShapeKit<Line> = {
  view: lineView,
  tool: { name: 'line', title: 'Line', keys: ['l', '6'], icon, place: 'bar', tool },
}
