import type { Editor } from './editor/editor.ts'
import type { Camera } from './editor/types.ts'

/** ms. Long enough for the eye to follow, short enough to step on at once. */
const LASTS = 280

/**
 * Moves the camera smoothly, or at once where people want no motion. Ends where somebody else moves it. Returns its own undo.
 */
export function glideTo(editor: Pick<Editor, 'look' | 'state'>, to: Camera): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    editor.look(to)
    return () => {}
  }
  const from = editor.state.camera
  let last = from
  let start: number | undefined
  const step = (now: number) => {
    if (editor.state.camera !== last) return
    start ??= now
    const t = Math.min(1, (now - start) / LASTS)
    editor.look(between(from, to, 1 - (1 - t) ** 3, editor.state.viewport))
    last = editor.state.camera
    if (t < 1) frame = requestAnimationFrame(step)
  }
  let frame = requestAnimationFrame(step)
  return () => cancelAnimationFrame(frame)
}

/** The camera at `t` (0 to 1) of the way: its middle goes straight, its zoom by equal factors. */
function between(
  from: Camera,
  to: Camera,
  t: number,
  { w, h }: { readonly w: number; readonly h: number },
): Camera {
  const zoom = from.zoom * (to.zoom / from.zoom) ** t
  const middle = (at: number, goal: number, length: number) => {
    const begin = at + length / from.zoom / 2
    const end = goal + length / to.zoom / 2
    return begin + (end - begin) * t - length / zoom / 2
  }
  return { x: middle(from.x, to.x, w), y: middle(from.y, to.y, h), zoom }
}
