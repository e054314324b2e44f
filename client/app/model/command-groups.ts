/** Ids of the editor's commands, in groups. */
export type CommandGroups = readonly (readonly string[])[]

export const MAIN_MENU: CommandGroups = [
  ['undo', 'redo', 'select-all'],
  ['zoom-in', 'zoom-out', 'zoom-100', 'zoom-fit'],
]

export const SELECTION_MENU: CommandGroups = [
  ['cut', 'copy', 'paste', 'duplicate'],
  ['order-to-front', 'order-forward', 'order-backward', 'order-to-back'],
  ['group', 'ungroup'],
  ['delete'],
]

export const CANVAS_MENU: CommandGroups = [
  ['paste', 'select-all'],
  ['zoom-100', 'zoom-fit'],
  ['undo', 'redo'],
]

/** What a finger needs beside the styles, having no keyboard. */
export const ACTIONS = ['order-to-back', 'order-to-front', 'duplicate', 'delete'] as const
