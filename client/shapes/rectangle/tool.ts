import { boxTool } from '../../editor/tools/box-tool.ts'

export const rectangle = boxTool('rectangle')
