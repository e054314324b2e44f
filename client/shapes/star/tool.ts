import { boxTool } from '../../editor/tools/box-tool.ts'

export const star = boxTool('star')
