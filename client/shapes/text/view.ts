import type { TextShape } from '../../../shared/shapes/text.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const textView: ShapeView<TextShape> = { areas: () => [] }
