import type { TextShape } from '../../../shared/shapes/text.ts'
import type { ShapeView } from '../../render/shape-view.ts'
import { textBlock } from '../../render/text-block.ts'

export const textView: ShapeView<TextShape> = { areas: () => [], text: textBlock }
