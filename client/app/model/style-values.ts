import { isShapeType, type Shape, type ShapeId, type ShapeType, SPECS } from '../../../shared/shapes/index.ts'
import type { EditorView, Style } from '../../editor/types.ts'

export type StyleKey = keyof Style

/** The styles that can be set now; a value is undefined where the selected shapes differ. */
export type StyleValues = { readonly [K in StyleKey]?: { readonly value: Style[K] | undefined } }

const STYLE_KEYS: readonly StyleKey[] = [
  'stroke',
  'fill',
  'width',
  'corner',
  'curved',
  'tail',
  'head',
  'font',
  'fontSize',
  'opacity',
]

/** What the style panel offers: the selection's common style, else that of the tool's next shape. */
export function styleValues({ board, state }: EditorView): StyleValues {
  const { selection, style, tool } = state
  if (selection.size > 0) return selectionStyle(board.shapes, selection)
  if (!isShapeType(tool)) return {}
  return Object.fromEntries(keysOfType(tool).map(key => [key, { value: style[key] }]))
}

function selectionStyle(shapes: ReadonlyMap<ShapeId, Shape>, selection: ReadonlySet<ShapeId>): StyleValues {
  const values: { [key: string]: { value: unknown } } = {}
  for (const id of selection) {
    const shape = shapes.get(id)
    if (!shape || shape.type === 'unreadable') continue
    for (const key of keysOfShape(shape)) {
      const value = (shape as Partial<Style>)[key]
      const held = values[key]
      if (!held) values[key] = { value }
      else if (held.value !== value) held.value = undefined
    }
  }
  return values as StyleValues
}

function keysOfShape(shape: Exclude<Shape, { type: 'unreadable' }>): readonly StyleKey[] {
  const isLabelled = 'text' in shape && shape.text !== '' && shape.type !== 'text'
  return isLabelled ? [...keysOfType(shape.type), 'font', 'fontSize'] : keysOfType(shape.type)
}

/** The styles that are worth a place in the panel for a shape of this type. */
function keysOfType(type: ShapeType): readonly StyleKey[] {
  const props = SPECS[type].props
  return STYLE_KEYS.filter(key => key in props && !isIdle(type, key))
}

/** Whether a type has the key and a new shape of it shows nothing of it: an open path's fill, an empty label's font. */
function isIdle(type: ShapeType, key: StyleKey): boolean {
  if (key === 'fill') return type === 'line' || type === 'arrow'
  if (key === 'font' || key === 'fontSize') return type !== 'text'
  return false
}
