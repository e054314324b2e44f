import icon from 'lucide-static/icons/message-square.svg?raw'
import type { Bubble } from '../../../shared/shapes/bubble.ts'
import type { ShapeKit } from '../kit.ts'
import { bubble as tool } from './tool.ts'
import { bubbleView } from './view.ts'

export const bubble: ShapeKit<Bubble> = {
  view: bubbleView,
  tool: { name: 'bubble', title: 'Speech bubble', keys: [], icon, place: 'figures', tool },
}
