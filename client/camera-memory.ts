import * as v from 'valibot'
import { boxesMeet, unionOf } from '../shared/geometry/box.ts'
import { shapeBounds } from '../shared/shapes/index.ts'
import { isAddressOf } from './address-key.ts'
import { fit as fitCamera, visibleBox } from './editor/camera.ts'
import type { Editor } from './editor/editor.ts'
import type { Camera } from './editor/types.ts'

/** ms. Browsers limit how often a page may write its history entry; this stays far below. */
const WRITE_EVERY = 400

const remembered = v.object({
  camera: v.object({
    x: v.pipe(v.number(), v.finite()),
    y: v.pipe(v.number(), v.finite()),
    zoom: v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)),
  }),
})

/**
 * Keeps the camera in the history entry of the page, so that a reload and the back button return to the same view.
 * Without one, a board whose shapes all lie elsewhere is shown whole once it is loaded. Returns its own undo.
 */
export function rememberCamera(id: string, editor: Editor, loaded: Promise<void>): () => void {
  const known = v.safeParse(remembered, history.state)
  if (known.success) editor.look(known.output.camera)
  let isOpen = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: Camera = editor.state.camera
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    // Another page may have its address already while its code is still loading.
    if (editor.state.camera !== last && isAddressOf(id))
      history.replaceState({ camera: editor.state.camera }, '')
    last = editor.state.camera
  }
  const stop = editor.subscribe(() => {
    if (editor.state.camera !== last) timer ??= setTimeout(write, WRITE_EVERY)
  })
  // A reload goes on with the entry as it was before the page hides; a page that is put aside tells only then.
  window.addEventListener('beforeunload', write)
  window.addEventListener('pagehide', write)
  void loaded.then(() => {
    if (isOpen && !known.success) findContent(editor)
  })
  return () => {
    isOpen = false
    clearTimeout(timer)
    stop()
    window.removeEventListener('beforeunload', write)
    window.removeEventListener('pagehide', write)
  }
}

/** Shows everything when there is something and none of it is in view. */
function findContent(editor: Editor): void {
  const { camera, viewport } = editor.state
  const view = visibleBox(camera, viewport)
  const bounds = editor.board.ordered.map(shape => shapeBounds(shape, editor.lineWidth))
  const all = unionOf(bounds)
  if (all && !bounds.some(box => boxesMeet(box, view))) editor.look(fitCamera(all, viewport))
}
