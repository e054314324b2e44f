import { type CommandTarget, copyText, pasteText, removeSelected } from '../actions.ts'
import { withContents } from '../frames.ts'
import { isFree } from '../free.ts'
import { knownShapes } from '../preview.ts'
import { always, type Command, canChange, canWrite, hasSelection } from './command.ts'
import { removePoint } from './lines.ts'

async function pasteFromClipboard(editor: CommandTarget, at?: 'in place'): Promise<void> {
  const text = await editor.clipboard?.readText()
  if (text) pasteText(editor, text, at)
}

async function copyToClipboard(editor: CommandTarget): Promise<void> {
  const text = copyText(editor)
  if (text !== null) await editor.clipboard?.writeText(text)
}

/** Removes only what the clipboard has taken. */
async function cutToClipboard(editor: CommandTarget): Promise<void> {
  const taken = withContents(editor.selected, editor.board)
  await copyToClipboard(editor)
  editor.commit(taken.map(({ id }) => ({ op: 'remove', id })))
}

/** The person refused the clipboard, which the browser has asked about itself: then nothing happens. */
const unlessRefused = (use: Promise<void>): void => void use.catch(() => {})

export const EDIT_COMMANDS: readonly Command[] = [
  {
    id: 'undo',
    title: 'Undo',
    section: 'Edit',
    keys: ['mod+z'],
    enabled: editor => canWrite(editor) && editor.board.canUndo,
    run: editor => editor.undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    section: 'Edit',
    keys: ['mod+shift+z', 'mod+y'],
    enabled: editor => canWrite(editor) && editor.board.canRedo,
    run: editor => editor.redo(),
  },
  {
    id: 'cut',
    title: 'Cut',
    section: 'Edit',
    keys: ['mod+x'],
    keysAreNative: true,
    enabled: editor => canChange(editor) && editor.clipboard !== undefined,
    run: editor => unlessRefused(cutToClipboard(editor)),
  },
  {
    id: 'copy',
    title: 'Copy',
    section: 'Edit',
    keys: ['mod+c'],
    keysAreNative: true,
    enabled: editor => hasSelection(editor) && editor.clipboard !== undefined,
    run: editor => unlessRefused(copyToClipboard(editor)),
  },
  {
    id: 'paste',
    title: 'Paste',
    section: 'Edit',
    keys: ['mod+v'],
    keysAreNative: true,
    enabled: editor => canWrite(editor) && editor.clipboard !== undefined,
    run: editor => unlessRefused(pasteFromClipboard(editor)),
  },
  {
    id: 'paste-in-place',
    title: 'Paste in place',
    section: 'Edit',
    keys: ['mod+shift+v'],
    keysAreNative: true,
    enabled: editor => canWrite(editor) && editor.clipboard !== undefined,
    run: editor => unlessRefused(pasteFromClipboard(editor, 'in place')),
  },
  {
    id: 'duplicate',
    title: 'Duplicate',
    section: 'Edit',
    keys: ['mod+d'],
    enabled: editor => hasSelection(editor) && canWrite(editor),
    run: editor => editor.duplicate(),
  },
  {
    id: 'delete',
    title: 'Delete',
    section: 'Edit',
    keys: ['delete', 'backspace'],
    enabled: canChange,
    run(editor) {
      if (!removePoint(editor)) removeSelected(editor)
    },
  },
  {
    id: 'select-all',
    title: 'Select all',
    section: 'Edit',
    keys: ['mod+a'],
    enabled: editor => editor.board.shapes.size > 0,
    run(editor) {
      editor.use('select')
      editor.select(
        knownShapes(editor.board, editor.board.shapes.keys())
          .filter(isFree)
          .map(({ id }) => id),
      )
    },
  },
  {
    id: 'finish',
    title: 'Finish the line, edit the text',
    section: 'Edit',
    keys: ['enter'],
    enabled: always,
    run: editor => editor.finish(),
  },
  {
    id: 'escape',
    title: 'Cancel',
    section: 'Edit',
    keys: ['escape'],
    enabled: always,
    run: editor => editor.escape(),
  },
]
