import { continueNotes, selectedNote } from '../notes.ts'
import { type Command, canWrite } from './command.ts'

const next = (side: string, across: -1 | 0 | 1, down: -1 | 0 | 1): Command => ({
  id: `note-${side.split(' ').at(-1)}`,
  title: `Sticky note ${side}`,
  section: 'Edit',
  keys: [],
  enabled: editor => canWrite(editor) && selectedNote(editor) !== undefined,
  run: editor => continueNotes(editor, across, down),
})

/** What leads from one sticky note to the next; while typing, Tab and ctrl+Enter run these. */
export const NOTE_COMMANDS: readonly Command[] = [
  next('to the right', 1, 0),
  next('to the left', -1, 0),
  next('below', 0, 1),
  next('above', 0, -1),
]
