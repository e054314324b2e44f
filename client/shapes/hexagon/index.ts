import icon from 'lucide-static/icons/hexagon.svg?raw'
import type { Hexagon } from '../../../shared/shapes/hexagon.ts'
import type { ShapeKit } from '../kit.ts'
import { hexagon as tool } from './tool.ts'
import { hexagonView } from './view.ts'

export const hexagon: ShapeKit<Hexagon> = {
  view: hexagonView,
  tool: { name: 'hexagon', title: 'Hexagon', keys: [], icon, place: 'figures', tool },
}
