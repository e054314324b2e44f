import type { ShapeId } from '../../shared/shapes/index.ts'
import type { BoardDiff, BoardView } from '../board/board.ts'
import { isFree, selectable } from './free.ts'
import { previewWithout } from './preview.ts'
import { DEFAULT_STYLE } from './style.ts'
import type { EditorState, Guide, Settings } from './types.ts'

export const NOTHING: ReadonlySet<ShapeId> = new Set()
export const NO_GUIDES: readonly Guide[] = []

/** An editor that has just opened. */
export const INITIAL_STATE: EditorState = {
  camera: { x: 0, y: 0, zoom: 1 },
  viewport: { w: 0, h: 0 },
  tool: 'select',
  cursor: 'default',
  selection: NOTHING,
  hovered: NOTHING,
  editing: null,
  caret: null,
  style: DEFAULT_STYLE,
  preview: null,
  peers: new Map(),
  settings: { snapping: true, grid: false, toolLock: false, penOnly: false },
  guides: NO_GUIDES,
  review: null,
}

/** What `raw`, as a device has kept it, says of how the person works. */
export function readSettings(raw: Readonly<Record<string, unknown>>): Partial<Settings> {
  const keys = Object.keys(INITIAL_STATE.settings).filter(key => typeof raw[key] === 'boolean')
  return Object.fromEntries(keys.map(key => [key, raw[key]]))
}

/** What changes in `state` because of `changed`: what is gone, or locked or hidden now, cannot be worked on any more. */
export function withoutShapes(
  { selection, hovered, editing, preview }: EditorState,
  board: BoardView,
  changed: BoardDiff['shapes'],
): Partial<EditorState> {
  const lost = new Set<ShapeId>()
  for (const [id, { after }] of changed) {
    if (!after || after.type === 'unreadable' || !isFree(after)) lost.add(id)
  }
  if (lost.size === 0) return {}
  const hasLost = (ids: ReadonlySet<ShapeId>) => [...lost].some(id => ids.has(id))
  const left = (ids: ReadonlySet<ShapeId>) => (hasLost(ids) ? selectable(board, ids) : ids)
  return {
    selection: left(selection),
    hovered: left(hovered),
    editing: editing !== null && lost.has(editing) ? null : editing,
    preview: preview && previewWithout(preview, id => lost.has(id)),
  }
}

export const isSameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a === b || (a.size === b.size && [...a].every(one => b.has(one)))
