import type { Box } from '../../shared/geometry/box.ts'
import { centreOf } from '../../shared/geometry/box.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import type { Camera } from './types.ts'

export interface Viewport {
  /** CSS pixels. */
  readonly w: number
  readonly h: number
}

export const MIN_ZOOM = 0.05
export const MAX_ZOOM = 30

export const toWorld = (camera: Camera, [x, y]: Vec): Vec => [
  x / camera.zoom + camera.x,
  y / camera.zoom + camera.y,
]

export const toScreen = (camera: Camera, [x, y]: Vec): Vec => [
  (x - camera.x) * camera.zoom,
  (y - camera.y) * camera.zoom,
]

/** The part of the world that the viewport shows. */
export const visibleBox = (camera: Camera, { w, h }: Viewport): Box => ({
  x: camera.x,
  y: camera.y,
  w: w / camera.zoom,
  h: h / camera.zoom,
})

/** The camera after the picture was dragged by `by` screen pixels. */
export const panBy = (camera: Camera, by: Vec): Camera => ({
  ...camera,
  x: camera.x - by[0] / camera.zoom,
  y: camera.y - by[1] / camera.zoom,
})

/** Zooms by `factor`; the world point under `screen` stays there. */
export function zoomAt(camera: Camera, screen: Vec, factor: number): Camera {
  const zoom = clampZoom(camera.zoom * factor)
  const [x, y] = toWorld(camera, screen)
  return { x: x - screen[0] / zoom, y: y - screen[1] / zoom, zoom }
}

/** Screen pixels kept free around what is fitted: the toolbar and panels lie there. */
export const FIT_MARGIN = 64

/** Shows all of `box` in the middle of the viewport, enlarged at most to `maxZoom`. */
export function fit(box: Box, viewport: Viewport, maxZoom = 1): Camera {
  const roomFor = (length: number, room: number) =>
    length === 0 ? maxZoom : Math.max(room - 2 * FIT_MARGIN, room / 2) / length
  const zoom = clampZoom(Math.min(maxZoom, roomFor(box.w, viewport.w), roomFor(box.h, viewport.h)))
  return centredOn(centreOf(box), zoom, viewport)
}

/** Shows the point in the middle of the viewport. */
export const centredOn = ([x, y]: Vec, zoom: number, { w, h }: Viewport): Camera => ({
  x: x - w / zoom / 2,
  y: y - h / zoom / 2,
  zoom,
})

/** Keeps what is in view within the coordinates that a document may hold. A camera that is no number starts anew. */
export function clampCamera(camera: Camera, viewport: Viewport): Camera {
  const zoom = clampZoom(camera.zoom)
  const clamp = (at: number, length: number) =>
    Number.isNaN(at) ? 0 : Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate - length / zoom, at))
  return { x: clamp(camera.x, viewport.w), y: clamp(camera.y, viewport.h), zoom }
}

const clampZoom = (zoom: number): number =>
  Number.isNaN(zoom) ? 1 : Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, zoom))
