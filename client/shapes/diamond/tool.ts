import { boxTool } from '../../editor/tools/box-tool.ts'

export const diamond = boxTool('diamond')
