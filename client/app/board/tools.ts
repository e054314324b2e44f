import type { ToolName } from '../../editor/types.ts'
import type { IconName } from '../ui/icons.ts'

export interface ToolButton {
  readonly tool: ToolName
  readonly title: string
  readonly icon: IconName
  /** Letter, and the digit that the button shows. */
  readonly keys: readonly [letter: string, digit?: string]
}

/** The toolbar from left to right; a gap stands between the groups. */
export const TOOL_GROUPS: readonly (readonly ToolButton[])[] = [
  [
    { tool: 'select', title: 'Select', icon: 'select', keys: ['V', '1'] },
    { tool: 'hand', title: 'Hand', icon: 'hand', keys: ['H'] },
  ],
  [
    { tool: 'rectangle', title: 'Rectangle', icon: 'rectangle', keys: ['R', '2'] },
    { tool: 'diamond', title: 'Diamond', icon: 'diamond', keys: ['D', '3'] },
    { tool: 'ellipse', title: 'Ellipse', icon: 'ellipse', keys: ['O', '4'] },
    { tool: 'arrow', title: 'Arrow', icon: 'arrow', keys: ['A', '5'] },
    { tool: 'line', title: 'Line', icon: 'line', keys: ['L', '6'] },
    { tool: 'ink', title: 'Pen', icon: 'ink', keys: ['P', '7'] },
    { tool: 'text', title: 'Text', icon: 'text', keys: ['T', '8'] },
    { tool: 'eraser', title: 'Eraser', icon: 'eraser', keys: ['E', '0'] },
  ],
]
