import type * as Y from 'yjs'
import type { ShapeId } from '../../shared/shapes/index.ts'

type Selection = ReadonlySet<ShapeId>
type Stack = Y.UndoManager['undoStack']

/** Under which an undo step holds what was selected before it. */
const KEY = 'selection'

/** Notes with the newest step of `stack` what was selected before it. A step that is joined keeps what it has. */
export function noteSelection(stack: Stack, selection: Selection | undefined): void {
  const step = stack.at(-1)
  if (step && selection && !step.meta.has(KEY)) step.meta.set(KEY, selection)
}

/** What was selected before `step`, where that was noted. */
const selectionBefore = (step: Stack[number] | null): Selection | undefined => step?.meta.get(KEY)

/** Goes a step `back` and notes `now`, what is selected now, with the step that leads here again. */
export function travel(
  undo: Y.UndoManager,
  back: 'undo' | 'redo',
  now: Selection | undefined,
): Selection | undefined {
  const step = undo[back]()
  if (step) noteSelection(back === 'undo' ? undo.redoStack : undo.undoStack, now)
  return selectionBefore(step)
}
