import { compareOrder } from '../../shared/schema/order.ts'
import { writeError } from '../../shared/schema/read.ts'
import { DEFAULT_STROKE } from '../../shared/shapes/common.ts'
import {
  type KnownShape,
  SHAPE_TYPES,
  type ShapePatch,
  type ShapeType,
  SPECS,
} from '../../shared/shapes/index.ts'
import type { Edit, Style } from './types.ts'

export const DEFAULT_STYLE: Style = {
  stroke: DEFAULT_STROKE,
  fill: 'transparent',
  width: 2,
  opacity: 1,
  corner: 12,
  curved: false,
  head: 'arrow',
  tail: 'none',
  font: 'hand',
  fontSize: 20,
  dash: 'solid',
  roughness: 0,
  fillStyle: 'solid',
  elbow: false,
  align: 'center',
  valign: 'middle',
  steady: false,
}

/** What `raw`, as a device has kept it, says of a style: the keys that a shape may have so. */
export function readStyle(raw: Readonly<Record<string, unknown>>): Partial<Style> {
  const isValid = (key: string) =>
    SHAPE_TYPES.some(type => hasKey(type, key) && !writeError(type, key, raw[key]))
  const keys = Object.keys(DEFAULT_STYLE).filter(key => raw[key] !== undefined && isValid(key))
  return Object.fromEntries(keys.map(key => [key, raw[key]]))
}

const hasKey = (type: ShapeType, key: string): boolean => Object.hasOwn(SPECS[type].props, key)

/** Those keys of `style` that a shape of `type` has. */
export function styleOf(type: ShapeType, style: Partial<Style>): ShapePatch {
  return Object.fromEntries(Object.entries(style).filter(([key]) => hasKey(type, key)))
}

/** The style of the topmost of `shapes`; undefined for none. */
export function styleIn(shapes: readonly KnownShape[]): Partial<Style> | undefined {
  const top = [...shapes].sort(compareOrder).at(-1)
  if (!top) return undefined
  const keys = Object.keys(DEFAULT_STYLE).filter(key => Object.hasOwn(top, key))
  return Object.fromEntries(keys.map(key => [key, top[key as keyof KnownShape]]))
}

/** The edits that give `shapes` this style; none for a shape that has it. */
export function styleEdits(shapes: readonly KnownShape[], style: Partial<Style>): readonly Edit[] {
  const edits: Edit[] = []
  for (const shape of shapes) {
    const patch = stylePatch(shape, style)
    if (patch) edits.push({ op: 'patch', id: shape.id, patch })
  }
  return edits
}

/** What of `style` is another value than the shape has; undefined when nothing is. */
function stylePatch(shape: KnownShape, style: Partial<Style>): ShapePatch | undefined {
  const changed = Object.entries(styleOf(shape.type, style)).filter(
    ([key, value]) => value !== shape[key as keyof KnownShape],
  )
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}
