import { boxContainsBox } from '../shared/geometry/box.ts'
import type { Readable } from '../shared/util/readable.ts'
import { fit as fitCamera, visibleBox } from './editor/camera.ts'
import type { Editor } from './editor/editor.ts'
import { boundsOf } from './editor/preview.ts'
import type { Camera } from './editor/types.ts'
import type { RelayState } from './sync/relay-link.ts'

/** How a board comes to be there. */
export interface Arrival {
  /** Resolves once the board holds what this device has of it. */
  readonly loaded: Promise<void>
  /** Synced once it holds what the relay has, too. */
  readonly relay: Readable<RelayState>
}

/**
 * Shows all of a board that is opened without a camera, once, when there first is something on it: from this device, else from the
 * relay. What is in view as it is stays where it is. Gives way to a person who goes on meanwhile, and then, as on a board that
 * is empty at the relay too, nothing that others draw moves the view. `onEnd` is called when that is decided. Returns its own undo.
 */
export function lookAtFirst(editor: Editor, { loaded, relay }: Arrival, onEnd: () => void): () => void {
  let isOpen = true
  const stops: (() => void)[] = []
  const close = () => {
    isOpen = false
    for (const stop of stops.splice(0)) stop()
  }
  const { camera: before } = editor.state
  let isHere = false
  const look = () => {
    if (!isOpen || editor.state.viewport.w < 1) return
    const isGone = hasGoneOn(editor, before)
    // Peers may be quicker than the relay, with a part of it.
    if (!isGone && !isHere && relay.state.at !== 'synced') return
    close()
    if (!isGone) showAll(editor)
    onEnd()
  }
  void loaded.then(() => {
    if (!isOpen) return
    isHere = editor.board.shapes.size > 0
    stops.push(editor.subscribe(look), relay.subscribe(look))
    look()
  })
  return close
}

/** Shows everything, enlarged by nothing, when not all of it is in view. */
function showAll(editor: Editor): void {
  const { board, lineWidth, state } = editor
  const all = boundsOf(
    board.ordered.filter(shape => !shape.hidden),
    lineWidth,
  )
  if (all && !boxContainsBox(visibleBox(state.camera, state.viewport), all))
    editor.look(fitCamera(all, state.viewport))
}

/** Whether the person has begun to do something since the camera was `before`. */
export function hasGoneOn({ state }: Pick<Editor, 'state'>, before: Camera): boolean {
  const { camera, editing, preview, selection } = state
  const isStill = camera.x === before.x && camera.y === before.y && camera.zoom === before.zoom
  return !isStill || selection.size > 0 || preview !== null || editing !== null
}
