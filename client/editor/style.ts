import { DEFAULT_STROKE } from '../../shared/shapes/common.ts'
import { type KnownShape, type ShapePatch, type ShapeType, SPECS } from '../../shared/shapes/index.ts'
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

/** Those keys of `style` that a shape of `type` has. */
export function styleOf(type: ShapeType, style: Partial<Style>): ShapePatch {
  const props = SPECS[type].props
  return Object.fromEntries(Object.entries(style).filter(([key]) => Object.hasOwn(props, key)))
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
