import { boxTool } from '../../editor/tools/box-tool.ts'

export const pentagon = boxTool('pentagon')
