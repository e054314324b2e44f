import type { ToolName } from './types.ts'

const READING: ReadonlySet<ToolName> = new Set(['select', 'hand', 'lasso', 'laser'])

/** Whether the tool is for changing the board, not for looking around on it. */
export const writes = (tool: ToolName): boolean => !READING.has(tool)
