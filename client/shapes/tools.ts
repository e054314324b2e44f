import { eraser } from '../editor/tools/eraser.ts'
import { hand } from '../editor/tools/hand.ts'
import { select } from '../editor/tools/select.ts'
import type { Tools } from '../editor/types.ts'
import { arrow } from './arrow/tool.ts'
import { diamond } from './diamond/tool.ts'
import { ellipse } from './ellipse/tool.ts'
import { ink } from './ink/tool.ts'
import { line } from './line/tool.ts'
import { rectangle } from './rectangle/tool.ts'
import { text } from './text/tool.ts'

/** Every tool of the board, for the editor. */
export const TOOLS: Tools = { select, hand, ink, rectangle, ellipse, diamond, line, arrow, text, eraser }
