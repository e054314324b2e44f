import { boxContainsBox, centreOf, unionOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { add, type Vec } from '../../shared/geometry/vec.ts'
import { compareOrder } from '../../shared/schema/order.ts'
import { type Frame, frameHolds } from '../../shared/shapes/frame.ts'
import { FrameContents } from '../../shared/shapes/frame-contents.ts'
import {
  type KnownShape,
  type Shape,
  type ShapeId,
  type ShapePatch,
  shapeBounds,
} from '../../shared/shapes/index.ts'
import type { BoardView, Edit } from '../board/board.ts'
import { keysBetween } from './order-keys.ts'
import { bounded } from './tidy.ts'

const known = new WeakMap<BoardView, FrameContents>()

/** The frames of a board and what lies in each, kept in step with it for as long as it lasts. */
function framesOn(board: BoardView): FrameContents {
  const there = known.get(board)
  if (there) return there
  const contents = new FrameContents()
  contents.load(board.shapes.values())
  board.subscribe(({ shapes }) => contents.apply(shapes.values()))
  known.set(board, contents)
  return contents
}

/** What lies in a frame and goes where it goes: what is locked stays where it is. */
function contentsOf(frame: ShapeId, board: BoardView): readonly KnownShape[] {
  return Array.from(framesOn(board).of(frame), id => board.shapes.get(id)).filter(
    (shape): shape is KnownShape => shape !== undefined && canLieInFrame(shape) && !shape.locked,
  )
}

/** What is locked in the frame: it stays when that goes. */
export const lockedIn = (frame: ShapeId, board: BoardView): readonly KnownShape[] =>
  Array.from(framesOn(board).of(frame), id => board.shapes.get(id)).filter(
    (shape): shape is KnownShape => shape !== undefined && canLieInFrame(shape) && shape.locked,
  )

/** `shapes` and all that lies in those of them that are frames, each once. */
export function withContents(shapes: readonly KnownShape[], board: BoardView): readonly KnownShape[] {
  const frames = shapes.filter(({ type }) => type === 'frame')
  if (frames.length === 0) return shapes
  const ids = new Set(shapes.map(({ id }) => id))
  const contents = frames.flatMap(({ id }) => contentsOf(id, board)).filter(({ id }) => !ids.has(id))
  return [...shapes, ...contents]
}

/** Those of `shapes` that lie in no frame among them. */
export function outermost<S extends KnownShape>(shapes: readonly S[]): readonly S[] {
  const ids = new Set(shapes.map(({ id }) => id))
  return shapes.filter(({ frame }) => !ids.has(frame))
}

/** Where shapes are, once `edits` are written. */
interface After {
  /** Those that were there before. One that is made takes in only what its maker says. */
  readonly frames: readonly Frame[]
  readonly made: ReadonlySet<ShapeId>
  /** Frames that are moved as they are. */
  readonly moved: ReadonlyMap<ShapeId, Vec>
  readonly resized: ReadonlySet<ShapeId>
  /** What is drawn or gets another place, the frames left out. */
  readonly placed: ReadonlyMap<ShapeId, KnownShape>
}

/**
 * `edits`, and what follows from them for frames: what lies in a frame that is moved moves along, and a shape that is drawn or put
 * somewhere belongs to the frame that its middle lies in. What belongs to one group and is put somewhere together stays together.
 */
export function withFrames(edits: readonly Edit[], board: BoardView, lineWidth: LineWidth): readonly Edit[] {
  if (framesOn(board).frames.size === 0 || !edits.some(places)) return edits
  const after = afterEdits(edits, board)
  if (after.frames.length === 0) return edits
  const patches = new Map<ShapeId, ShapePatch>([
    ...along(after, board),
    ...keptByResize(after, board, lineWidth),
    ...settled(after, board, lineWidth),
  ])
  if (patches.size === 0) return edits
  const merged = edits.map(edit => {
    if (edit.op !== 'create') return edit
    const patch = patches.get(edit.shape.id)
    patches.delete(edit.shape.id)
    return patch ? { op: 'create' as const, shape: { ...edit.shape, ...patch } as KnownShape } : edit
  })
  return [...merged, ...Array.from(patches, ([id, patch]): Edit => ({ op: 'patch', id, patch }))]
}

/** Whether an edit says where a shape is, and leaves open what frame that is in. */
const places = (edit: Edit): boolean =>
  edit.op === 'create' || (edit.op === 'patch' && edit.patch.frame === undefined && isPlaced(edit.patch))

const isPlaced = ({ pos, size }: ShapePatch): boolean => pos !== undefined || size !== undefined

function afterEdits(edits: readonly Edit[], board: BoardView): After {
  const moved = new Map<ShapeId, Vec>()
  const resized = new Set<ShapeId>()
  const placed = new Map<ShapeId, KnownShape>()
  const frames = new Map<ShapeId, Frame>()
  const made = new Set<ShapeId>()
  for (const [id, frame] of framesOn(board).frames) if (!frame.hidden) frames.set(id, frame)
  for (const edit of edits) {
    if (edit.op === 'remove') frames.delete(edit.id)
    if (edit.op === 'create') {
      if (edit.shape.type === 'frame') made.add(edit.shape.id)
      else if (edit.shape.type !== 'page') placed.set(edit.shape.id, edit.shape)
    }
    if (edit.op !== 'patch' || !isPlaced(edit.patch)) continue
    const before = placed.get(edit.id) ?? board.shapes.get(edit.id)
    if (!before || before.type === 'unreadable' || before.type === 'page') continue
    const now = { ...before, ...edit.patch } as KnownShape
    if (now.type !== 'frame') {
      if (places(edit)) placed.set(edit.id, now)
      continue
    }
    frames.set(now.id, now)
    const was = before as Frame
    if (now.size[0] !== was.size[0] || now.size[1] !== was.size[1]) resized.add(now.id)
    else moved.set(now.id, [now.pos[0] - was.pos[0], now.pos[1] - was.pos[1]])
  }
  return { frames: [...frames.values()].sort(compareOrder), made, moved, resized, placed }
}

/** What lies in a frame that is moved, and is not moved by itself. */
function* along({ moved, placed }: After, board: BoardView): Iterable<[ShapeId, ShapePatch]> {
  for (const [id, by] of moved) {
    for (const { id: content, pos } of contentsOf(id, board)) {
      if (!placed.has(content)) yield [content, bounded({ pos: add(pos, by) })]
    }
  }
}

/** A frame that is resized lets go of what lies outside of it by then, and takes in what lies wholly inside. */
function* keptByResize(
  { resized, frames, placed }: After,
  board: BoardView,
  lineWidth: LineWidth,
): Iterable<[ShapeId, ShapePatch]> {
  for (const frame of frames.filter(({ id }) => resized.has(id))) {
    const inside = shapeBounds(frame, lineWidth)
    for (const shape of board.ordered) {
      if (placed.has(shape.id) || shape.locked || !canLieInFrame(shape)) continue
      const bounds = shapeBounds(shape, lineWidth)
      if (shape.frame === frame.id && !frameHolds(frame, centreOf(bounds))) yield [shape.id, { frame: '' }]
      if (shape.frame === '' && boxContainsBox(inside, bounds)) yield [shape.id, { frame: frame.id }]
    }
  }
}

/** The order key right below the lowest of `shapes`, or above everything where there is none. */
export function keyBelow(shapes: readonly Shape[], board: BoardView): string {
  const lowest = shapes.toSorted(compareOrder)[0]
  const at = lowest ? board.ordered.findIndex(({ id }) => id === lowest.id) : board.ordered.length
  return keysBetween(board.ordered[at - 1]?.z ?? null, lowest?.z ?? null, 1)[0] as string
}

export const canLieInFrame = (shape: Shape): shape is KnownShape =>
  shape.type !== 'unreadable' && shape.type !== 'frame' && shape.type !== 'page'

/** What is drawn or put somewhere belongs to the topmost frame around its middle, unless its frame moves along. */
function* settled(
  { frames, made, moved, placed }: After,
  board: BoardView,
  lineWidth: LineWidth,
): Iterable<[ShapeId, ShapePatch]> {
  const ids = new Set([...frames.map(({ id }) => id), ...made])
  const middles = middlesOf(placed, lineWidth)
  for (const [id, shape] of placed) {
    const isNew = !board.shapes.has(id)
    if (moved.has(shape.frame) || (isNew && ids.has(shape.frame))) continue
    const middle = middles.get(shape.groups.at(-1) ?? id) as Vec
    const around = frames.findLast(frame => frameHolds(frame, middle))?.id ?? ''
    if (around !== shape.frame) yield [id, { frame: around }]
  }
}

/** The shape as it is shown while it is dragged: once its middle has left its frame, that no longer cuts it off. */
export function outOfFrame(shape: KnownShape, board: BoardView, lineWidth: LineWidth): KnownShape {
  const frame = shape.frame === '' ? undefined : board.shapes.get(shape.frame)
  if (frame?.type !== 'frame' || frameHolds(frame, centreOf(shapeBounds(shape, lineWidth)))) return shape
  return { ...shape, frame: '' }
}

/** The middle of each shape, or of its outermost group as far as that is among them. */
function middlesOf(shapes: ReadonlyMap<ShapeId, KnownShape>, lineWidth: LineWidth): ReadonlyMap<string, Vec> {
  const units = new Map<string, KnownShape[]>()
  for (const shape of shapes.values()) {
    const unit = shape.groups.at(-1) ?? shape.id
    units.set(unit, [...(units.get(unit) ?? []), shape])
  }
  return new Map(
    Array.from(units, ([unit, members]) => {
      const box = unionOf(members.map(shape => shapeBounds(shape, lineWidth)))
      return [unit, box ? centreOf(box) : [0, 0]] as const
    }),
  )
}
