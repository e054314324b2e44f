import type { Vec } from '../../shared/geometry/vec.ts'
import { type CommandTarget, copyText, nudge, pasteText, removeSelected } from './actions.ts'
import { canGroup, grouped, type Reorder, reordered, ungrouped } from './arrange.ts'
import { fit as fitCamera, zoomAt } from './camera.ts'
import { boundsOf } from './preview.ts'
import { writes } from './tool-names.ts'
import type { ToolName } from './types.ts'

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

const canWrite = (editor: CommandTarget): boolean => editor.board.readOnly === undefined
const hasSelection = (editor: CommandTarget): boolean => editor.state.selection.size > 0
const canChange = (editor: CommandTarget): boolean => hasSelection(editor) && canWrite(editor)
const always = (): boolean => true

const useTool = (tool: ToolName, title: string, ...keys: string[]): Command => ({
  id: `tool-${tool}`,
  title,
  section: 'Tools',
  keys,
  enabled: writes(tool) ? canWrite : always,
  run: editor => editor.use(tool),
})

const order = (how: Reorder, title: string, ...keys: string[]): Command => ({
  id: `order-${how}`,
  title,
  section: 'Arrange',
  keys,
  enabled: canChange,
  run: editor => editor.commit(reordered(editor.board, editor.state.selection, how, editor.lineWidth)),
})

/** World units that an arrow key moves the selection by. */
const NUDGE = 1
/** And with shift. */
const BIG_NUDGE = 10

const nudges = (direction: string, [x, y]: Vec): readonly Command[] =>
  ([NUDGE, BIG_NUDGE] as const).map(step => ({
    id: `nudge-${direction}${step === NUDGE ? '' : '-far'}`,
    title: step === NUDGE ? `Move ${direction}` : `Move ${direction} by ${BIG_NUDGE}`,
    section: 'Arrange',
    keys: [step === NUDGE ? `arrow${direction}` : `shift+arrow${direction}`],
    enabled: canChange,
    run: editor => nudge(editor, [x * step, y * step]),
  }))

/** One press of a zoom key. */
const ZOOM_STEP = 1.25

const zoom = (
  id: string,
  title: string,
  keys: readonly string[],
  factor: (now: number) => number,
): Command => ({
  id,
  title,
  section: 'View',
  keys,
  enabled: always,
  run(editor) {
    const { camera, viewport } = editor.state
    editor.look(zoomAt(camera, [viewport.w / 2, viewport.h / 2], factor(camera.zoom)))
  },
})

function lookAtAll(editor: CommandTarget): void {
  const bounds = boundsOf(editor.board.ordered, editor.lineWidth)
  if (bounds) editor.look(fitCamera(bounds, editor.state.viewport))
}

/** A selection may be enlarged to this when it is looked at. */
const SELECTION_ZOOM = 4

function lookAtSelection(editor: CommandTarget): void {
  const bounds = boundsOf(editor.selected, editor.lineWidth)
  if (bounds) editor.look(fitCamera(bounds, editor.state.viewport, SELECTION_ZOOM))
}

async function pasteFromClipboard(editor: CommandTarget): Promise<void> {
  const text = await editor.clipboard?.readText()
  if (text) pasteText(editor, text)
}

async function copyToClipboard(editor: CommandTarget): Promise<void> {
  const text = copyText(editor)
  if (text !== null) await editor.clipboard?.writeText(text)
}

/** Removes only what the clipboard has taken. */
async function cutToClipboard(editor: CommandTarget): Promise<void> {
  const taken = editor.selected
  await copyToClipboard(editor)
  editor.commit(taken.map(({ id }) => ({ op: 'remove', id })))
}

/** The person refused the clipboard, which the browser has asked about itself: then nothing happens. */
const unlessRefused = (use: Promise<void>): void => void use.catch(() => {})

/** Everything that can be done by a key or a menu: one list for keys, menus and the help sheet. */
export const COMMANDS: readonly Command[] = [
  useTool('select', 'Select', 'v', '1'),
  useTool('hand', 'Hand', 'h'),
  useTool('rectangle', 'Rectangle', 'r', '2'),
  useTool('diamond', 'Diamond', 'd', '3'),
  useTool('ellipse', 'Ellipse', 'o', '4'),
  useTool('arrow', 'Arrow', 'a', '5'),
  useTool('line', 'Line', 'l', '6'),
  useTool('ink', 'Pen', 'p', 'x', '7'),
  useTool('text', 'Text', 't', '8'),
  {
    id: 'image',
    title: 'Image',
    section: 'Tools',
    keys: ['9'],
    enabled: editor => canWrite(editor) && editor.images !== undefined,
    run: editor => editor.images?.choose(),
  },
  useTool('eraser', 'Eraser', 'e', '0'),
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
    id: 'duplicate',
    title: 'Duplicate',
    section: 'Edit',
    keys: ['mod+d'],
    enabled: canChange,
    run: editor => editor.duplicate(),
  },
  {
    id: 'delete',
    title: 'Delete',
    section: 'Edit',
    keys: ['delete', 'backspace'],
    enabled: canChange,
    run: removeSelected,
  },
  {
    id: 'select-all',
    title: 'Select all',
    section: 'Edit',
    keys: ['mod+a'],
    enabled: editor => editor.board.shapes.size > 0,
    run(editor) {
      editor.use('select')
      editor.select(editor.board.shapes.keys())
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
  {
    id: 'group',
    title: 'Group',
    section: 'Arrange',
    keys: ['mod+g'],
    enabled: editor => canWrite(editor) && canGroup(editor.selected, editor.members),
    run: editor => editor.commit(grouped(editor.selected, editor.members, editor.newId())),
  },
  {
    id: 'ungroup',
    title: 'Ungroup',
    section: 'Arrange',
    keys: ['mod+shift+g'],
    enabled: editor => canWrite(editor) && ungrouped(editor.selected, editor.members).length > 0,
    run: editor => editor.commit(ungrouped(editor.selected, editor.members)),
  },
  order('forward', 'Bring forward', 'mod+]'),
  order('to-front', 'Bring to front', ']', 'mod+shift+]'),
  order('backward', 'Send backward', 'mod+['),
  order('to-back', 'Send to back', '[', 'mod+shift+['),
  ...nudges('up', [0, -1]),
  ...nudges('down', [0, 1]),
  ...nudges('left', [-1, 0]),
  ...nudges('right', [1, 0]),
  zoom('zoom-in', 'Zoom in', ['mod+=', 'mod++'], () => ZOOM_STEP),
  zoom('zoom-out', 'Zoom out', ['mod+-', 'mod+_'], () => 1 / ZOOM_STEP),
  zoom('zoom-100', 'Zoom to 100 %', ['mod+0', 'shift+0'], now => 1 / now),
  {
    id: 'zoom-fit',
    title: 'Zoom to fit',
    section: 'View',
    keys: ['shift+1'],
    enabled: editor => editor.board.shapes.size > 0,
    run: lookAtAll,
  },
  {
    id: 'zoom-selection',
    title: 'Zoom to selection',
    section: 'View',
    keys: ['shift+2'],
    enabled: hasSelection,
    run: lookAtSelection,
  },
]
