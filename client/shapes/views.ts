import type { ShapeViews } from '../render/shape-view.ts'
import { arrowView } from './arrow/view.ts'
import { diamondView } from './diamond/view.ts'
import { ellipseView } from './ellipse/view.ts'
import { imageView } from './image/view.ts'
import { inkView } from './ink/view.ts'
import { lineView } from './line/view.ts'
import { rectangleView } from './rectangle/view.ts'
import { textView } from './text/view.ts'

/** What every shape type looks like; a type without a view does not compile. */
export const VIEWS = {
  rectangle: rectangleView,
  ellipse: ellipseView,
  diamond: diamondView,
  line: lineView,
  arrow: arrowView,
  ink: inkView,
  text: textView,
  image: imageView,
} satisfies ShapeViews
