import { pathTool } from '../../editor/tools/path-tool.ts'

export const arrow = pathTool('arrow')
