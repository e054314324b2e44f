import { isDefault, readShape } from '../../shared/schema/read.ts'
import { withMarks } from '../../shared/schema/read-marks.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { base64Of, bytesOfBase64 } from './base64.ts'

/** The keys of a shape that are not default, as JSON has them; bytes become base64. */
export function plainKeys(shape: KnownShape): Record<string, unknown> {
  const given: Record<string, unknown> = { id: shape.id, type: shape.type }
  for (const [key, value] of Object.entries(shape)) {
    if (key === 'by' || key in given || isDefault(shape.type, key, value)) continue
    given[key] = value instanceof Uint8Array ? base64Of(value) : value
  }
  return given
}

/** The shape of such keys. Undefined where they are those of none. */
export function shapeOfKeys(id: string, keys: Readonly<Record<string, unknown>>): KnownShape | undefined {
  const raw = new Map(Object.entries(keys))
  const ink = raw.get('ink')
  if (typeof ink === 'string') raw.set('ink', bytesOfBase64(ink))
  const shape = withMarks(readShape(id, raw), raw.get('marks'))
  return shape.type === 'unreadable' ? undefined : shape
}
