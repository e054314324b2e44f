import { boxTool } from '../../editor/tools/box-tool.ts'

export const cloud = boxTool('cloud')
