import type { CommandTarget } from '../actions.ts'
import { fit as fitCamera, zoomAt } from '../camera.ts'
import { boundsOf } from '../preview.ts'
import { always, type Command, hasSelection } from './command.ts'

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
  const visible = editor.board.ordered.filter(shape => !shape.hidden)
  const bounds = boundsOf(visible, editor.lineWidth)
  if (bounds) editor.look(fitCamera(bounds, editor.state.viewport))
}

/** A selection may be enlarged to this when it is looked at. */
const SELECTION_ZOOM = 4

function lookAtSelection(editor: CommandTarget): void {
  const bounds = boundsOf(editor.selected, editor.lineWidth)
  if (bounds) editor.look(fitCamera(bounds, editor.state.viewport, SELECTION_ZOOM))
}

export const VIEW_COMMANDS: readonly Command[] = [
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
  {
    id: 'back-to-content',
    title: 'Back to the content',
    section: 'View',
    keys: [],
    enabled: editor => !editor.seesContent() && editor.board.ordered.some(shape => !shape.hidden),
    run: lookAtAll,
  },
]
