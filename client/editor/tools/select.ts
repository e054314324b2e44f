import type { Vec } from '../../../shared/geometry/vec.ts'
import { touchesOpenIcon } from '../../../shared/shapes/bookmark.ts'
import type { KnownShape, ShapeId } from '../../../shared/shapes/index.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { copiesOf, isCopiedInPart, originalsOf } from '../copies.ts'
import { outermost, withContents } from '../frames.ts'
import { clickTarget, wholeGroups } from '../groups.ts'
import { newText } from '../new-text.ts'
import { topKeys } from '../order-keys.ts'
import { editsOf, knownShapes } from '../preview.ts'
import { frameContains, handleAt, handleCursor } from '../selection-frame.ts'
import { snapDrag } from '../snap/snap-drag.ts'
import { isTyped } from '../text-edit.ts'
import type { Effect, Modifiers, Preview, Scene, SelectionFrame, Step, Tool, ToolEvent } from '../types.ts'
import { borderCursor, borderDrag } from './adjust.ts'
import { type Drag, dragPreview, handleDrag } from './drag.ts'
import { dragThreshold, hitTolerance, isDrag } from './pointer.ts'
import { pointRemoval, reshapePointsOut } from './reshape.ts'

type Down = Extract<ToolEvent, { readonly type: 'down' }>

interface Press {
  /** World space. */
  readonly from: Vec
  readonly screen: Vec
  /** Screen pixels. */
  readonly threshold: number
  /** What was selected before the pointer went down. */
  readonly before: ReadonlySet<ShapeId>
  readonly modifiers: Modifiers
  readonly drag: Drag
  /** What happens when the pointer goes up without having dragged. */
  readonly click: readonly Effect[]
}

export type SelectState =
  | { readonly at: 'rest' }
  | { readonly at: 'pressed'; readonly press: Press }
  | { readonly at: 'dragging'; readonly press: Press; readonly to: Vec }

const REST: SelectState = { at: 'rest' }

export const select: Tool<SelectState> = {
  name: 'select',
  initial: REST,
  step(state, event, scene) {
    switch (event.type) {
      case 'down':
        return state.at === 'rest' ? down(event, scene) : [state]
      case 'move':
        if (state.at === 'rest') return [state]
        if (state.at === 'pressed' && !isDrag(state.press.screen, event.screen, state.press.threshold)) {
          return [state]
        }
        return dragTo(state.press, event.at, event.modifiers, scene)
      case 'modifiers':
        return state.at === 'dragging' ? dragTo(state.press, state.to, event.modifiers, scene) : [state]
      case 'up':
        if (state.at === 'rest') return [state]
        if (state.at === 'pressed') return [REST, ...state.press.click]
        return [REST, ...drop(state.press, event.at, event.modifiers, scene)]
      case 'cancel':
        if (state.at === 'rest') return [state]
        return [REST, { do: 'preview', preview: null }, { do: 'select', ids: state.press.before }]
      case 'finish':
        return [state]
      default:
        return unreachable(event)
    }
  },
  cursor(state, scene, at) {
    const frame = scene.frame()
    if (state.at === 'dragging') return dragCursor(state.press.drag, frame)
    const handle = frame && handleAt(frame, at, scene.camera.zoom, false)
    if (frame && handle) return handleCursor(handle, frame.rot)
    const held = borderDrag(frame, at, false, scene)
    if (held) return borderCursor(held.border, frame?.rot ?? 0)
    const hit = scene.hit(at)
    if (hit?.type === 'bookmark' && touchesOpenIcon(hit, at, scene.lineWidth)) return 'pointer'
    return hit || isGrip(frame, at) ? 'move' : 'default'
  },
}

function dragCursor(drag: Drag, frame: SelectionFrame | null): string {
  switch (drag.as) {
    case 'move':
      return 'move'
    case 'marquee':
      return 'default'
    case 'resize':
      return handleCursor(drag.handle, frame?.rot ?? 0)
    case 'rotate':
      return 'grabbing'
    case 'border':
      return borderCursor(drag.border, frame?.rot ?? 0)
    case 'reshape':
    case 'tip':
      return 'pointer'
    default:
      return unreachable(drag)
  }
}

/** Whether a drag from `at` moves the selection though no shape is there. A line or a frame has no inside to hold it by. */
function isGrip(frame: SelectionFrame | null, at: Vec): boolean {
  if (!frame) return false
  return frame.handles.some(handle => handle.name === 'rotate') && frameContains(frame, at)
}

/** What a press at `at` (world space) takes hold of: the selection, or what a click there would select. */
export function targetAt(scene: Scene, at: Vec): ReadonlySet<ShapeId> {
  const { selection } = scene
  const frame = scene.frame()
  if (frame && handleAt(frame, at, scene.camera.zoom, false)) return selection
  const hit = scene.hit(at)
  if (hit) return selection.has(hit.id) ? selection : clickTarget(hit, selection, scene.members)
  return isGrip(frame, at) ? selection : new Set()
}

/** The topmost locked shape at `at`, for a menu that unlocks it. */
export function lockedAt(scene: Scene, at: Vec): ReadonlySet<ShapeId> {
  const locked = scene.hitLocked(at)
  return new Set(locked ? [locked.id] : [])
}

function down(event: Down, scene: Scene): Step<SelectState> {
  const { at, screen, pointer, modifiers, clicks } = event
  const frame = scene.frame()
  const press = (drag: Drag, click: readonly Effect[] = []): SelectState => ({
    at: 'pressed',
    press: {
      from: at,
      screen,
      threshold: dragThreshold(pointer),
      before: scene.selection,
      modifiers,
      drag,
      click,
    },
  })
  const move = (ids: Iterable<ShapeId>): Drag => ({ as: 'move', ids: [...ids] })

  const hit = scene.hit(at, hitTolerance(pointer))
  const grip = gripAt(event, frame, hit, scene)
  if (grip) return [press(grip.drag, grip.click)]

  if (hit && opensLink(hit, event, scene))
    return [press(move([hit.id]), OPEN_LINK), { do: 'select', ids: [hit.id] }]

  const isInFrame = isGrip(frame, at)
  if (hit && scene.selection.has(hit.id)) {
    return [press(move(scene.selection), clickSelected(hit, event, scene))]
  }
  if (hit && !(isInFrame && scene.selection.size > 1 && !modifiers.shift && !modifiers.ctrl)) {
    const target = modifiers.ctrl ? new Set([hit.id]) : clickTarget(hit, scene.selection, scene.members)
    const ids = modifiers.shift ? new Set([...scene.selection, ...target]) : target
    const click = clicks === 2 ? doubleClick(hit, at, scene) : []
    return [press(move(ids), click), { do: 'select', ids }]
  }
  if (isInFrame && !modifiers.shift) {
    return [press(move(scene.selection), hit ? clickUnselected(hit, scene) : clickEmpty(event, scene))]
  }
  return [press({ as: 'marquee' }, modifiers.shift ? [] : clickEmpty(event, scene))]
}

/** The handle or border of the selection that a press takes hold of; a double click on a shape is meant for that. */
function gripAt(
  { at, pointer, clicks }: Down,
  frame: SelectionFrame | null,
  hit: KnownShape | undefined,
  scene: Scene,
): { readonly drag: Drag; readonly click: readonly Effect[] } | undefined {
  const isTouch = pointer === 'touch'
  const handle = frame && handleAt(frame, at, scene.camera.zoom, isTouch)
  if (frame && handle) {
    const selected = knownShapes(scene.board, scene.selection)
    const click = clicks === 2 ? pointRemoval(handle, selected, scene) : []
    if (click.length > 0 || !(clicks === 2 && hit))
      return { drag: handleDrag(handle, frame, selected), click }
  }
  const border = clicks === 1 ? borderDrag(frame, at, isTouch, scene) : undefined
  return border && { drag: border, click: [] }
}

const OPEN_LINK: readonly Effect[] = [{ do: 'run', command: 'open-link' }]

/** Whether a click on the shape opens its link: with ctrl, or on the icon that says so. */
function opensLink(
  hit: KnownShape,
  { at, modifiers }: Pick<Down, 'at' | 'modifiers'>,
  scene: Scene,
): boolean {
  if (hit.link === '' || modifiers.shift) return false
  return modifiers.ctrl || (hit.type === 'bookmark' && touchesOpenIcon(hit, at, scene.lineWidth))
}

/** A click without a drag on a shape that is selected. With ctrl it is taken out of all its groups. */
function clickSelected(hit: KnownShape, { at, modifiers, clicks }: Down, scene: Scene): readonly Effect[] {
  if (modifiers.shift) {
    const group = scene.withGroups([hit.id])
    const isWhole = [...group].every(id => scene.selection.has(id))
    const toggled = isWhole ? group : new Set([hit.id])
    return [{ do: 'select', ids: [...scene.selection].filter(id => !toggled.has(id)) }]
  }
  if (modifiers.ctrl) return [{ do: 'select', ids: [hit.id] }]
  if (clicks === 2) return doubleClick(hit, at, scene)
  return clickUnselected(hit, scene)
}

const clickUnselected = (hit: KnownShape, scene: Scene): readonly Effect[] => [
  { do: 'select', ids: clickTarget(hit, scene.selection, scene.members) },
]

/** Goes one group deeper; on a shape by itself, opens its text. */
function doubleClick(hit: KnownShape, at: Vec, scene: Scene): readonly Effect[] {
  const deeper = clickTarget(hit, scene.selection, scene.members, true)
  const isInGroup = hit.groups.length > 0 && !(scene.selection.size === 1 && scene.selection.has(hit.id))
  if (isInGroup) return [{ do: 'select', ids: deeper }]
  if (hit.type === 'image' && !hit.locked)
    return [
      { do: 'select', ids: [hit.id] },
      { do: 'run', command: 'image-crop' },
    ]
  return isTyped(hit) ? [{ do: 'edit', id: hit.id, at }] : [{ do: 'select', ids: [hit.id] }]
}

/** A click on nothing clears the selection; a double click writes there, as a label inside of a figure. */
function clickEmpty({ at, clicks }: Down, scene: Scene): readonly Effect[] {
  if (clicks !== 2) return [{ do: 'select', ids: [] }]
  const figure = scene.figureAround(at)
  return figure ? [{ do: 'edit', id: figure.id, at }] : [{ do: 'draft', shape: newText(at, scene) }]
}

function dragTo(press: Press, to: Vec, modifiers: Modifiers, scene: Scene): Step<SelectState> {
  const { at, guides } = snapDrag(press.drag, press.from, to, modifiers, scene)
  const preview = dragPreview(press.drag, press.from, at, modifiers, scene)
  const next: SelectState = { at: 'dragging', press, to }
  if (preview?.kind !== 'marquee')
    return [next, { do: 'preview', preview }, { do: 'guide', guides }, ...reshapePointsOut(preview)]
  return [next, { do: 'preview', preview }, { do: 'select', ids: marqueed(preview, press, scene) }]
}

function marqueed(
  preview: Extract<Preview, { readonly kind: 'marquee' }>,
  press: Press,
  scene: Scene,
): ReadonlySet<ShapeId> {
  const inside = wholeGroups(scene.inside(preview.box), scene.members)
  return press.modifiers.shift ? new Set([...press.before, ...inside]) : inside
}

/** The end of a drag: its preview becomes real, in one transaction. */
function drop(press: Press, to: Vec, modifiers: Modifiers, scene: Scene): readonly Effect[] {
  const { at } = snapDrag(press.drag, press.from, to, modifiers, scene)
  const preview = dragPreview(press.drag, press.from, at, modifiers, scene)
  const done: Effect = { do: 'preview', preview: null }
  if (!preview || preview.kind === 'ink') return [done]
  if (preview.kind === 'marquee') return [done, { do: 'select', ids: marqueed(preview, press, scene) }]
  if (preview.kind === 'duplicate') return [done, ...dropCopies(preview.ids, preview.offset, scene)]
  const edits = editsOf(preview, scene.board, scene.lineWidth, scene.camera.zoom)
  return [done, { do: 'commit', edits }]
}

function dropCopies(ids: readonly ShapeId[], offset: Vec, scene: Scene): readonly Effect[] {
  const shapes = withContents(knownShapes(scene.board, ids), scene.board)
  const copies = copiesOf(shapes, {
    newId: scene.newId,
    keys: topKeys(scene.board, shapes.length),
    offset,
    zoom: scene.camera.zoom,
    keepsGroup: isCopiedInPart(scene.members, shapes),
  })
  return [
    { do: 'commit', edits: copies.map(shape => ({ op: 'create', shape })) },
    { do: 'select', ids: outermost(copies).map(shape => shape.id) },
    { do: 'copied', originals: originalsOf(copies, shapes) },
  ]
}
