import type { Vec } from '../../../shared/geometry/vec.ts'

/** What of a WheelEvent decides how the camera moves. */
export interface WheelTurn {
  readonly deltaX: number
  readonly deltaY: number
  /** 0 for pixels, 1 for lines, 2 for pages. */
  readonly deltaMode: number
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

export type WheelMove =
  /** In screen pixels. */
  { readonly does: 'pan'; readonly by: Vec } | { readonly does: 'zoom'; readonly factor: number }

/** CSS pixels of one line, as browsers scroll. */
const LINE = 16
/** Natural logarithm of the zoom per pixel: what makes a trackpad pinch follow the fingers. */
const ZOOM_PER_PIXEL = 0.01
/** Pixels. A wheel turns by 100 or more at a time, which would be a leap; a pinch never does. */
const MOST_PER_EVENT = 24

/** Pans; with ctrl or cmd, and for a trackpad pinch, which browsers report so, zooms. Shift turns the wheel sideways. */
export function wheelMove(turn: WheelTurn, viewportHeight: number): WheelMove {
  const pixels = [1, LINE, viewportHeight][turn.deltaMode] ?? 1
  const dx = turn.deltaX * pixels
  const dy = turn.deltaY * pixels
  if (turn.ctrlKey || turn.metaKey) {
    const clamped = Math.max(-MOST_PER_EVENT, Math.min(MOST_PER_EVENT, dy))
    return { does: 'zoom', factor: Math.exp(-clamped * ZOOM_PER_PIXEL) }
  }
  return { does: 'pan', by: turn.shiftKey && dx === 0 ? [-dy, 0] : [-dx, -dy] }
}
