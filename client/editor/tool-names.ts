import type { ToolName } from './types.ts'

/** Whether the tool is for changing the board, not for looking around on it. */
export const writes = (tool: ToolName): boolean => tool !== 'select' && tool !== 'hand'
