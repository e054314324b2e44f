import icon from 'lucide-static/icons/type.svg?raw'
import type { TextShape } from '../../../shared/shapes/text.ts'
import type { ShapeKit } from '../kit.ts'
import { text as tool } from './tool.ts'
import { textView } from './view.ts'

export const text: ShapeKit<TextShape> = {
  view: textView,
  tool: { name: 'text', title: 'Text', keys: ['t', '8'], icon, place: 'bar', tool },
}
