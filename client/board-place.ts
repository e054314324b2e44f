import { isAddressOf } from './address-key.ts'
import type { Notices } from './app/index.ts'
import { boardPath } from './app/index.ts'
import { fit as fitCamera } from './editor/camera.ts'
import type { Editor } from './editor/editor.ts'
import { cameraOf, linkParts, type Place } from './editor/place.ts'
import { boundsOf } from './editor/preview.ts'
import { hasGoneOn } from './first-look.ts'
import type { BoardSync } from './sync/board-sync.ts'

export interface PlaceParts {
  readonly editor: Editor
  readonly sync: BoardSync<unknown>
  readonly notices: Notices
}

/** The address of a place on a board, for others who have it: never with a key. */
export const linkToPlace = (id: string) => (place: string) => location.origin + boardPath(id, place)

/** Takes the place out of the address, so that a reload returns to what was looked at last. A key that is there stays. */
export function forgetPlace(id: string): void {
  if (!isAddressOf(id)) return
  const fragment = location.hash.slice(1)
  const { credential } = linkParts(fragment)
  if (fragment !== credential) history.replaceState(history.state, '', boardPath(id, credential))
}

/**
 * Leads to the place that a link names, as soon as the board has it: what is not on this device yet may be on its way. Gives way to
 * a person who goes on meanwhile. Returns its own undo.
 */
export function leadTo(place: Place, { editor, sync, notices }: PlaceParts): () => void {
  let isOpen = true
  const stops: (() => void)[] = []
  const end = () => {
    isOpen = false
    for (const stop of stops.splice(0)) stop()
  }
  const { camera: before } = editor.state
  const look = () => {
    if (!isOpen || editor.state.viewport.w < 1) return
    if (hasGoneOn(editor, before)) return end()
    const isReached = reach(place, editor)
    if (!isReached && sync.relay.state.at !== 'synced') return
    end()
    if (!isReached) notices.info('What this link leads to is no longer on the board.')
  }
  void sync.loaded.then(() => {
    look()
    if (isOpen) stops.push(editor.subscribe(look), sync.relay.subscribe(look))
  })
  return end
}

/** Shows the place; false while the board does not have it. */
function reach(place: Place, editor: Editor): boolean {
  const { pages, state } = editor
  if (state.viewport.w < 1) return false
  if (place.at === 'view') {
    const isThere = pages?.pages.some(({ id }) => id === place.page) ?? place.page === ''
    if (isThere) pages?.show(place.page)
    if (isThere) editor.look(cameraOf(place, state.viewport))
    return isThere
  }
  const page = place.ids.map(id => pages?.pageOf(id)).find(found => found !== undefined)
  if (page !== undefined) pages?.show(page)
  const shapes = place.ids.map(id => editor.board.shapes.get(id)).filter(shape => shape !== undefined)
  const bounds = boundsOf(shapes, editor.lineWidth)
  if (!bounds) return false
  editor.look(fitCamera(bounds, state.viewport))
  editor.select(place.ids)
  return true
}
