import { DEFAULT_STROKE } from '../../shared/shapes/common.ts'
import { type KnownShape, type ShapePatch, type ShapeType, SPECS } from '../../shared/shapes/index.ts'
import type { Style } from './types.ts'

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
}

/** Those keys of `style` that a shape of `type` has. */
export function styleOf(type: ShapeType, style: Partial<Style>): ShapePatch {
  const props = SPECS[type].props
  return Object.fromEntries(Object.entries(style).filter(([key]) => Object.hasOwn(props, key)))
}

/** What of `style` is another value than the shape has; undefined when nothing is. */
export function stylePatch(shape: KnownShape, style: Partial<Style>): ShapePatch | undefined {
  const changed = Object.entries(styleOf(shape.type, style)).filter(
    ([key, value]) => value !== shape[key as keyof KnownShape],
  )
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}
