import type { ShapeOf, ShapeType } from '../../shared/shapes/index.ts'
import type { ToolEntry, Tools } from '../editor/types.ts'
import type { ShapeViews } from '../render/shape-view.ts'
import { arrow } from './arrow/index.ts'
import { bookmark } from './bookmark/index.ts'
import { bubble } from './bubble/index.ts'
import { cloud } from './cloud/index.ts'
import { diamond } from './diamond/index.ts'
import { ellipse } from './ellipse/index.ts'
import { frame } from './frame/index.ts'
import { hexagon } from './hexagon/index.ts'
import { image } from './image/index.ts'
import { ink } from './ink/index.ts'
import type { ShapeKit } from './kit.ts'
import { line } from './line/index.ts'
import { note } from './note/index.ts'
import { page } from './page/index.ts'
import { pentagon } from './pentagon/index.ts'
import { CROP, CUTTER, ERASER, HAND, HIGHLIGHTER, LASER, LASSO, SELECT } from './plain-tools.ts'
import { rectangle } from './rectangle/index.ts'
import { star } from './star/index.ts'
import { table } from './table/index.ts'
import { text } from './text/index.ts'
import { triangle } from './triangle/index.ts'

/** Every shape type, in the order of the toolbar. A type that is missing does not compile. */
const KITS = {
  rectangle,
  diamond,
  ellipse,
  triangle,
  pentagon,
  hexagon,
  star,
  cloud,
  bubble,
  arrow,
  line,
  ink,
  text,
  note,
  bookmark,
  table,
  image,
  frame,
  page,
} satisfies { readonly [T in ShapeType]: ShapeKit<ShapeOf<T>> }

/** What every shape type looks like. */
export const VIEWS = Object.fromEntries(
  Object.entries(KITS).map(([type, kit]) => [type, kit.view]),
) as unknown as ShapeViews

const SHAPE_TOOLS = Object.values<{ readonly tool?: ToolEntry }>(KITS).flatMap(({ tool }) => tool ?? [])

/** Every tool of the board, in the order of the toolbar. */
export const TOOLS: Tools = [SELECT, HAND, ...SHAPE_TOOLS, ERASER, HIGHLIGHTER, CUTTER, LASSO, LASER, CROP]
