import { boxTool } from '../../editor/tools/box-tool.ts'

export const hexagon = boxTool('hexagon')
