import type { ToolEntry } from '../editor/types.ts'
import type { ShapeView } from '../render/shape-view.ts'

/** What the client has to know of a shape type: how it looks and, where the person draws it, the tool. */
export interface ShapeKit<S> {
  readonly view: ShapeView<S>
  readonly tool?: ToolEntry
}
