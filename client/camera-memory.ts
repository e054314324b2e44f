import * as v from 'valibot'
import { boxesMeet, unionOf } from '../shared/geometry/box.ts'
import { shapeBounds } from '../shared/shapes/index.ts'
import { isAddressOf } from './address-key.ts'
import { fit as fitCamera, visibleBox } from './editor/camera.ts'
import type { Editor } from './editor/editor.ts'
import type { Camera } from './editor/types.ts'
import { type Arrival, lookAtFirst } from './first-look.ts'

/** ms. Browsers limit how often a page may write its history entry; this stays far below. */
const WRITE_EVERY = 400

const remembered = v.object({
  camera: v.object({
    x: v.pipe(v.number(), v.finite()),
    y: v.pipe(v.number(), v.finite()),
    zoom: v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)),
  }),
  page: v.fallback(v.pipe(v.string(), v.maxLength(64)), ''),
})

/** The page of the board that was looked at last in this entry of the history; empty for the first, or none. */
export function rememberedPage(): string {
  const known = v.safeParse(remembered, history.state)
  return known.success ? known.output.page : ''
}

/**
 * Keeps page and camera in the history entry of the page, so that a reload and the back button return to the same view; each page of
 * the board has a camera of its own. Without one, all of the board is shown once it is there. `isLed`: a link says where to look, so
 * neither happens. Returns its own undo.
 */
export function rememberCamera(id: string, editor: Editor, arrival: Arrival, isLed = false): () => void {
  const known = v.safeParse(remembered, history.state)
  const isKnown = known.success && !isLed
  if (isKnown) editor.look(known.output.camera)
  // Before the first look there is no view to return to: a reload looks anew.
  let hasLooked = isKnown || isLed
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: Camera = editor.state.camera
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    if (!hasLooked) return
    const { camera } = editor.state
    // Another page may have its address already while its code is still loading.
    if (camera !== last && isAddressOf(id))
      history.replaceState({ camera, page: editor.pages?.page ?? '' }, '')
    last = camera
  }
  const stop = editor.subscribe(() => {
    if (editor.state.camera !== last) timer ??= setTimeout(write, WRITE_EVERY)
  })
  const cameras = new Map(isKnown ? [[known.output.page, known.output.camera]] : [])
  // Worth a note wherever the camera looks: another page, or the first look.
  const note = () => {
    last = NOWHERE
    timer ??= setTimeout(write, WRITE_EVERY)
  }
  const stopPages = keepCameras(editor, cameras, note)
  const onLooked = () => {
    hasLooked = true
    note()
  }
  const stopFirst = hasLooked ? () => {} : lookAtFirst(editor, arrival, onLooked)
  // A reload goes on with the entry as it was before the page hides; a page that is put aside tells only then.
  window.addEventListener('beforeunload', write)
  window.addEventListener('pagehide', write)
  return () => {
    clearTimeout(timer)
    stop()
    stopPages()
    stopFirst()
    window.removeEventListener('beforeunload', write)
    window.removeEventListener('pagehide', write)
  }
}

/** No camera that anybody looks through. */
const NOWHERE: Camera = { x: 0, y: 0, zoom: 0 }

/** Gives each page of the board a camera of its own, `cameras` to begin with. Returns its own undo. */
function keepCameras(editor: Editor, cameras: Map<string, Camera>, onTurn: () => void): () => void {
  const { pages } = editor
  if (!pages) return () => {}
  let page = pages.page
  return pages.subscribe(() => {
    if (pages.page === page) return
    cameras.set(page, editor.state.camera)
    page = pages.page
    const known = cameras.get(page)
    if (known) editor.look(known)
    else findContent(editor)
    onTurn()
  })
}

/** Shows everything when there is something and none of it is in view. */
function findContent(editor: Editor): void {
  const { camera, viewport } = editor.state
  const view = visibleBox(camera, viewport)
  const bounds = editor.board.ordered.map(shape => shapeBounds(shape, editor.lineWidth))
  const all = unionOf(bounds)
  if (all && !bounds.some(box => boxesMeet(box, view))) editor.look(fitCamera(all, viewport))
}
