import type { CommandTarget } from '../actions.ts'

export interface Command {
  readonly id: string
  readonly title: string
  /** What part of the help sheet it belongs to. */
  readonly section: 'Tools' | 'Edit' | 'Arrange' | 'View'
  /** As in `mod+shift+z`: mod is Ctrl, or cmd on a Mac; the last part is as `KeyboardEvent.key`, in lower case. */
  readonly keys: readonly string[]
  /** The keys are the browser's own for this: it fires a clipboard event, which needs no permission. */
  readonly keysAreNative?: true
  enabled(editor: CommandTarget): boolean
  run(editor: CommandTarget): void
}

export const canWrite = (editor: CommandTarget): boolean => editor.board.readOnly === undefined
export const hasSelection = (editor: CommandTarget): boolean => editor.state.selection.size > 0
/** Either all that is selected is locked or nothing is, so one tells of all. */
export function canChange(editor: CommandTarget): boolean {
  const [first] = editor.state.selection
  return first !== undefined && canWrite(editor) && editor.board.shapes.get(first)?.locked === false
}
export const always = (): boolean => true
