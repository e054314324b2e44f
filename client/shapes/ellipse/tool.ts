import { boxTool } from '../../editor/tools/box-tool.ts'

export const ellipse = boxTool('ellipse')
