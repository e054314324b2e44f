import { LIMITS } from '../../shared/schema/limits.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import { centredOn, MAX_ZOOM, MIN_ZOOM, type Viewport } from './camera.ts'
import type { Camera } from './types.ts'

/** A place on a board that a link can name. */
export type Place =
  | { readonly at: 'shapes'; readonly ids: readonly ShapeId[] }
  /** The middle of the view (world space), its zoom, and the page; empty for the first. */
  | {
      readonly at: 'view'
      readonly x: number
      readonly y: number
      readonly zoom: number
      readonly page: string
    }

/** Shapes that one link names. Of a larger selection, it leads to the first. */
const MOST_SHAPES = 20

const ID = /^[\w-]{1,64}$/

/** The place as it stands in the fragment of a link; undefined for one that no link can name. */
export function placeText(place: Place): string | undefined {
  if (place.at === 'view') {
    const { x, y, zoom, page } = place
    const at = `at=${[Math.round(x), Math.round(y), Number(zoom.toPrecision(3))].join(',')}`
    return ID.test(page) ? `${at}&page=${page}` : at
  }
  const ids = place.ids.filter(id => ID.test(id)).slice(0, MOST_SHAPES)
  return ids.length === 0 ? undefined : `shape=${ids.join(',')}`
}

/** What the fragment of a link to a board holds: the credential, empty for none, and the place. */
export function linkParts(fragment: string): { readonly credential: string; readonly place: Place | null } {
  const parts = fragment.split('&')
  const credential = parts.find(part => !part.includes('=')) ?? ''
  const values = new Map(parts.filter(part => part.includes('=')).map(pairOf))
  return { credential, place: placeOf(values) }
}

function pairOf(part: string): readonly [string, string] {
  const cut = part.indexOf('=')
  return [part.slice(0, cut), decoded(part.slice(cut + 1))]
}

/** Mail programs and chats write commas and the like otherwise. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function placeOf(values: ReadonlyMap<string, string>): Place | null {
  const ids = (values.get('shape') ?? '').split(',').filter(id => ID.test(id))
  if (ids.length > 0) return { at: 'shapes', ids: ids.slice(0, MOST_SHAPES) }
  const [x, y, zoom] = (values.get('at') ?? '').split(',').map(Number)
  if (x === undefined || y === undefined || zoom === undefined) return null
  const isIn = (n: number) => Math.abs(n) <= LIMITS.coordinate
  if (!isIn(x) || !isIn(y) || !(zoom >= MIN_ZOOM && zoom <= MAX_ZOOM)) return null
  const page = values.get('page') ?? ''
  return { at: 'view', x, y, zoom, page: ID.test(page) ? page : '' }
}

/** The view of a camera, as far as screens of other sizes can show it. */
export function viewPlace(camera: Camera, { w, h }: Viewport, page: string): Place {
  const { x, y, zoom } = camera
  return { at: 'view', x: x + w / zoom / 2, y: y + h / zoom / 2, zoom, page }
}

/** The camera that shows the place in the middle of a viewport. */
export const cameraOf = (
  { x, y, zoom }: Extract<Place, { readonly at: 'view' }>,
  viewport: Viewport,
): Camera => centredOn([x, y], zoom, viewport)
