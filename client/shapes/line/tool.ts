import { pathTool } from '../../editor/tools/path-tool.ts'

export const line = pathTool('line')
