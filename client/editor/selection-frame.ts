import { type Box, centreOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { add, distance, rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { type KnownShape, type Shape, type ShapeId, shapeBox } from '../../shared/shapes/index.ts'
import { pathHandles } from './path-handles.ts'
import { boundsOf, knownShapes, previewShapes } from './preview.ts'
import { tipHandle } from './tip-handle.ts'
import type { EditorView, HandleName, SelectionFrame } from './types.ts'

/** Screen pixels between the top of the frame and the rotate handle. */
const ROTATE_REACH = 24
/** Screen pixels. A side shorter than this has no handle in its middle. */
const ROOM_FOR_MIDDLE = 40
/** Screen pixels. A side shorter than this has its corners on top of each other. */
const ROOM_FOR_CORNERS = 12
/** Screen pixels from a handle within which a mouse or pen takes it. */
const HANDLE_REACH = 8
/** Screen pixels from a handle within which a finger takes it. */
const TOUCH_REACH = 20

/**
 * The frame around the selection as it is drawn now, the preview of a gesture included; null for none. `shown` holds the
 * shapes that look otherwise than on the board, where others' gestures change them too.
 */
export function selectionFrame(
  view: EditorView,
  shown?: ReadonlyMap<ShapeId, Shape | null>,
): SelectionFrame | null {
  const { board, lineWidth, state } = view
  const { selection, preview, camera, editing } = state
  if (editing !== null || selection.size === 0) return null
  if (preview?.kind === 'rotate' && selection.size > 1) {
    const still = frameAround(knownShapes(board, selection), lineWidth, camera.zoom)
    return still && turned(still, preview.centre, preview.angle)
  }
  // The copies of a duplicate are framed as a whole, below.
  const previewed = shown ?? previewShapes(preview?.kind === 'duplicate' ? null : preview, board, lineWidth)
  const shapes = knownShapes(board, selection).map(shape => (previewed.get(shape.id) ?? shape) as KnownShape)
  const frame = frameAround(shapes, lineWidth, camera.zoom)
  if (!frame) return null
  if (board.readOnly !== undefined) return { ...frame, handles: [] }
  return preview?.kind === 'duplicate' ? moved(frame, preview.offset) : frame
}

/** The frame around `shapes` at `zoom`; null when there are none. What is locked has no handles. */
export function frameAround(
  shapes: readonly KnownShape[],
  lineWidth: LineWidth,
  zoom: number,
): SelectionFrame | null {
  const frame = frameOf(shapes, lineWidth, zoom)
  return frame && shapes[0]?.locked ? { ...frame, handles: [] } : frame
}

function frameOf(shapes: readonly KnownShape[], lineWidth: LineWidth, zoom: number): SelectionFrame | null {
  const [only] = shapes
  if (only && shapes.length === 1) {
    const box = shapeBox(only, lineWidth)
    const handles = pathHandles(only, box, zoom, lineWidth) ?? boxHandles(box, only.rot, zoom)
    if (only.type === 'frame') return { box, rot: only.rot, handles: handles.filter(isNoTurn) }
    const tip = tipHandle(only, lineWidth)
    if (tip) return { box, rot: only.rot, handles: [...handles, { name: 'tip', at: tip }] }
    return { box, rot: only.rot, handles }
  }
  const box = boundsOf(shapes, lineWidth)
  return box ? { box, rot: 0, handles: boxHandles(box, 0, zoom) } : null
}

type Handles = SelectionFrame['handles']

/** A frame stands upright. */
const isNoTurn = ({ name }: Handles[number]): boolean => name !== 'rotate'

function boxHandles(box: Box, rot: number, zoom: number): Handles {
  const { y, w, h } = box
  const [cx, cy] = centreOf(box)
  const resize = resizeHandles(w * zoom, h * zoom).map(name => {
    const [sx, sy] = sidesOf(name)
    return { name, at: [cx + (sx * w) / 2, cy + (sy * h) / 2] as Vec }
  })
  const rotate = { name: 'rotate', at: [cx, y - ROTATE_REACH / zoom] as Vec } as const
  return [rotate, ...resize].map(({ name, at }) => ({ name, at: rotateAbout(at, [cx, cy], rot) }))
}

/** The resize handles that a frame of `w` by `h` screen pixels has room for. */
function resizeHandles(w: number, h: number): readonly ResizeHandle[] {
  const isNarrow = w < ROOM_FOR_CORNERS
  const isFlat = h < ROOM_FOR_CORNERS
  if (isNarrow && isFlat) return ['se']
  if (isNarrow) return ['n', 's']
  if (isFlat) return ['e', 'w']
  const middles: readonly ResizeHandle[] = [
    ...(w >= ROOM_FOR_MIDDLE ? (['n', 's'] as const) : []),
    ...(h >= ROOM_FOR_MIDDLE ? (['e', 'w'] as const) : []),
  ]
  return ['nw', 'ne', 'se', 'sw', ...middles]
}

export type ResizeHandle = Exclude<HandleName, 'rotate' | 'tip' | `p${number}` | `m${number}`>

const SIDES: { readonly [N in ResizeHandle]: Vec } = {
  n: [0, -1],
  ne: [1, -1],
  e: [1, 0],
  se: [1, 1],
  s: [0, 1],
  sw: [-1, 1],
  w: [-1, 0],
  nw: [-1, -1],
}

/** Which sides a handle moves: -1 for left or top, 1 for right or bottom, 0 for neither. */
export const sidesOf = (handle: ResizeHandle): Vec => SIDES[handle]

export const isResizeHandle = (handle: HandleName): handle is ResizeHandle => Object.hasOwn(SIDES, handle)

/** The handle nearest to `at` (world space) within reach of the pointer. */
export function handleAt(
  frame: SelectionFrame,
  at: Vec,
  zoom: number,
  isTouch: boolean,
): HandleName | undefined {
  let nearest: HandleName | undefined
  let least = (isTouch ? TOUCH_REACH : HANDLE_REACH) / zoom
  for (const handle of frame.handles) {
    const away = distance(handle.at, at)
    if (away > least) continue
    least = away
    nearest = handle.name
  }
  return nearest
}

const RESIZE_CURSORS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const

/** The CSS cursor over a handle of a frame that is turned by `rot`. */
export function handleCursor(handle: HandleName, rot: number): string {
  if (handle === 'rotate') return 'grab'
  if (!isResizeHandle(handle)) return 'pointer'
  const [sx, sy] = sidesOf(handle)
  const eighths = Math.round((Math.atan2(sy, sx) + rot) / (Math.PI / 4))
  return RESIZE_CURSORS[((eighths % 4) + 4) % 4] as string
}

/** Whether `at` lies in the frame, its rotation taken into account. */
export function frameContains({ box, rot }: SelectionFrame, at: Vec): boolean {
  const [x, y] = rotateAbout(at, centreOf(box), -rot)
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h
}

const moved = ({ box, rot, handles }: SelectionFrame, offset: Vec): SelectionFrame => ({
  box: { ...box, x: box.x + offset[0], y: box.y + offset[1] },
  rot,
  handles: handles.map(({ name, at }) => ({ name, at: add(at, offset) })),
})

/** The frame turned by `angle` about its own centre, which is where several shapes are rotated. */
const turned = (frame: SelectionFrame, centre: Vec, angle: number): SelectionFrame => ({
  ...frame,
  rot: angle,
  handles: frame.handles.map(({ name, at }) => ({ name, at: rotateAbout(at, centre, angle) })),
})
