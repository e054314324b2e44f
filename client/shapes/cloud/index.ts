import icon from 'lucide-static/icons/cloud.svg?raw'
import type { Cloud } from '../../../shared/shapes/cloud.ts'
import type { ShapeKit } from '../kit.ts'
import { cloud as tool } from './tool.ts'
import { cloudView } from './view.ts'

export const cloud: ShapeKit<Cloud> = {
  view: cloudView,
  tool: { name: 'cloud', title: 'Cloud', keys: [], icon, place: 'figures', tool },
}
