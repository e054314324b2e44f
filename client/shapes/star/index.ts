import icon from 'lucide-static/icons/star.svg?raw'
import type { Star } from '../../../shared/shapes/star.ts'
import type { ShapeKit } from '../kit.ts'
import { star as tool } from './tool.ts'
import { starView } from './view.ts'

export const star: ShapeKit<Star> = {
  view: starView,
  tool: { name: 'star', title: 'Star', keys: [], icon, place: 'figures', tool },
}
