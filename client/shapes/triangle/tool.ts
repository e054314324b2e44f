import { boxTool } from '../../editor/tools/box-tool.ts'

export const triangle = boxTool('triangle')
