import { isShapeType, type Shape, type ShapeId, type ShapeType, SPECS } from '../../../shared/shapes/index.ts'
import { paperOf } from '../../../shared/shapes/note.ts'
import { isClosedPath, pathPoints } from '../../../shared/shapes/path.ts'
import type { EditorView, Style } from '../../editor/types.ts'

export type StyleKey = keyof Style

/** The styles that can be set now; a value is undefined where the selected shapes differ. */
export type StyleValues = { readonly [K in StyleKey]?: { readonly value: Style[K] | undefined } }

const STYLE_KEYS: readonly StyleKey[] = [
  'stroke',
  'fill',
  'fillStyle',
  'width',
  'dash',
  'roughness',
  'corner',
  'curved',
  'elbow',
  'tail',
  'head',
  'steady',
  'font',
  'fontSize',
  'align',
  'valign',
  'opacity',
]

/** What the style panel offers: the selection's common style, else that of the tool's next shape. */
export function styleValues({ board, state }: EditorView): StyleValues {
  const { selection, style, tool } = state
  if (selection.size > 0) return selectionStyle(board.shapes, selection)
  const keys = tool === 'highlighter' ? HIGHLIGHTER_KEYS : isShapeType(tool) ? keysOfType(tool) : []
  const shown = tool === 'note' ? { ...style, fill: paperOf(style) } : style
  return Object.fromEntries(keys.map(key => [key, { value: shown[key] }]))
}

function selectionStyle(shapes: ReadonlyMap<ShapeId, Shape>, selection: ReadonlySet<ShapeId>): StyleValues {
  const values: { [key: string]: { value: unknown } } = {}
  for (const id of selection) {
    const shape = shapes.get(id)
    // What is locked has no style to change.
    if (!shape || shape.type === 'unreadable' || shape.locked) continue
    for (const key of keysOfShape(shape)) {
      const value = key === 'fill' ? fillOf(shape) : (shape as Partial<Style>)[key]
      const held = values[key]
      if (!held) values[key] = { value }
      else if (held.value !== value) held.value = undefined
    }
  }
  return values as StyleValues
}

/** A note without a colour of its own shows that of its paper. */
const fillOf = (shape: Exclude<Shape, { type: 'unreadable' }>): string | undefined =>
  shape.type === 'note' ? paperOf(shape) : (shape as Partial<Style>).fill

/** What lets through the colours below has one width anyway. */
const HIGHLIGHTER_KEYS: readonly StyleKey[] = ['stroke', 'width', 'opacity']
const INSIDE: ReadonlySet<StyleKey> = new Set(['fill', 'fillStyle'])
/** Of a drawn figure they are the label's, which comes second; a text or a note is there for its letters. */
const LETTERS: ReadonlySet<StyleKey> = new Set(['font', 'fontSize', 'align', 'valign'])

function keysOfShape(shape: Exclude<Shape, { type: 'unreadable' }>): readonly StyleKey[] {
  const props = SPECS[shape.type].props
  return STYLE_KEYS.filter(key => {
    if (!(key in props)) return false
    if (INSIDE.has(key) && 'points' in shape) return isClosedPath(pathPoints(shape))
    if (LETTERS.has(key)) return !('dash' in props) || ('text' in shape && shape.text !== '')
    return !(key === 'steady' && 'brush' in shape && shape.brush === 'highlighter')
  })
}

/** The styles that are worth a place in the panel for a new shape of this type: not of an open path's inside, or an empty label's letters. */
function keysOfType(type: ShapeType): readonly StyleKey[] {
  const props = SPECS[type].props
  return STYLE_KEYS.filter(
    key => key in props && !(INSIDE.has(key) && 'points' in props) && !(LETTERS.has(key) && 'dash' in props),
  )
}
