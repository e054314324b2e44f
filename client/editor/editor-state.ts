import type { ShapeId } from '../../shared/shapes/index.ts'
import { previewWithout } from './preview.ts'
import { DEFAULT_STYLE } from './style.ts'
import type { EditorState } from './types.ts'

export const NOTHING: ReadonlySet<ShapeId> = new Set()

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
  guides: [],
  review: null,
}

/** What changes in `state` when the shapes that `isGone` names cannot be worked on any more. */
export function withoutShapes(
  { selection, hovered, editing, preview }: EditorState,
  isGone: (id: ShapeId) => boolean,
): Partial<EditorState> {
  const left = (ids: ReadonlySet<ShapeId>) => {
    const rest = [...ids].filter(id => !isGone(id))
    return rest.length === ids.size ? ids : new Set(rest)
  }
  return {
    selection: left(selection),
    hovered: left(hovered),
    editing: editing !== null && isGone(editing) ? null : editing,
    preview: preview && previewWithout(preview, isGone),
  }
}

export const isSameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a === b || (a.size === b.size && [...a].every(one => b.has(one)))
