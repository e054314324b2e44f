import { boxTool } from '../../editor/tools/box-tool.ts'

export const bubble = boxTool('bubble')
