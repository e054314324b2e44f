import * as v from 'valibot'
import type { Vec } from '../geometry/vec.ts'
import { isShapeType, type KnownShape, type Shape, type ShapeType, SPECS } from '../shapes/index.ts'
import type { Unreadable } from '../shapes/unreadable.ts'
import { LIMITS } from './limits.ts'
import { upgradedShape } from './migrations/index.ts'
import { type Prop, type Props, prop } from './prop.ts'

/** The version of the document model that this code writes. */
export const SCHEMA_VERSION = 3

export const propsOf = (type: ShapeType): Props => SPECS[type].props as Props

/** What a key may hold; undefined for a key that is not known, whatever objects inherit under its name. */
export const propOf = (props: Props, key: string): Prop<unknown> | undefined =>
  Object.hasOwn(props, key) ? props[key] : undefined

/** The value of one key as this version stores it, its default when it is missing, or undefined when it is not valid. */
export function readKey(p: Prop<unknown>, raw: unknown): unknown {
  if (raw === undefined) return p.fallback
  if (p.stored) return p.stored.decode(raw)
  return v.is(p.schema, raw) ? raw : undefined
}

/**
 * Reads a shape out of its keys in the document (a text already as a string), as any version wrote them. Never throws:
 * what cannot be read becomes an Unreadable that names the reason. Keys this version does not know are left alone.
 */
export function readShape(id: string, held: ReadonlyMap<string, unknown>): Shape {
  const raw = upgradedShape(held)
  const type = raw.get('type')
  if (!isShapeType(type)) return unreadable(id, raw, `This version cannot show the type ${quoted(type)}.`)
  const shape: Record<string, unknown> = { id }
  for (const [key, p] of Object.entries(propsOf(type))) {
    const value = readKey(p, raw.get(key))
    if (value === undefined) return unreadable(id, raw, `Its ${quoted(key)} is missing or not valid.`)
    shape[key] = value
  }
  return shape as unknown as KnownShape
}

/** Anything may stand in a document, also objects that cannot be turned into a string. */
const quoted = (value: unknown): string =>
  typeof value === 'string' ? `"${value.slice(0, 40)}"` : `(${typeof value})`

/** Where nothing better is known, a placeholder of this size is shown; world units. */
const PLACEHOLDER_SIZE: Vec = [160, 80]
/** The order key of a shape that has none that can be read. */
const LOWEST_KEY = 'a0'

function unreadable(id: string, raw: ReadonlyMap<string, unknown>, reason: string): Unreadable {
  const or = <T>(p: Prop<T>, key: string, otherwise: T): T =>
    (readKey(p, raw.get(key)) as T | undefined) ?? otherwise
  return {
    id,
    type: 'unreadable',
    reason,
    pos: or(prop.pos, 'pos', [0, 0]),
    size: or(prop.size, 'size', PLACEHOLDER_SIZE),
    rot: or(prop.angle, 'rot', 0),
    z: or(prop.orderKey, 'z', LOWEST_KEY),
    groups: or(prop.groups, 'groups', []),
    opacity: 1,
    by: or(prop.by, 'by', ''),
    locked: true,
    hidden: or(prop.flag(false), 'hidden', false),
    frame: or(prop.parent, 'frame', ''),
    page: or(prop.parent, 'page', ''),
    link: '',
    source: '',
  }
}

/**
 * What is wrong with writing `value` to `key` of a shape of `type`, or undefined when nothing is.
 * Writing is strict: every key must be known.
 */
export function writeError(type: ShapeType, key: string, value: unknown): string | undefined {
  const p = propOf(propsOf(type), key)
  if (!p) return `A ${type} has no key "${key}".`
  if (p.isText && typeof value === 'string' && value.length > LIMITS.textLength) {
    return `The ${key} of a ${type} has more than ${LIMITS.textLength} characters.`
  }
  const result = v.safeParse(p.schema, value)
  return result.success ? undefined : `The ${key} of a ${type} is not valid: ${result.issues[0].message}`
}

/** A valid value as a document of this version holds it. */
export function storedValue(type: ShapeType, key: string, value: unknown): unknown {
  const stored = propsOf(type)[key]?.stored
  return stored ? stored.encode(value) : value
}

/** Whether `value` is what a missing key stands for, so that it need not be stored. */
export function isDefault(type: ShapeType, key: string, value: unknown): boolean {
  const fallback = propsOf(type)[key]?.fallback
  if (Array.isArray(fallback) && Array.isArray(value)) {
    return fallback.length === value.length && fallback.every((item, i) => item === value[i])
  }
  return fallback !== undefined && fallback === value
}

/** A shape of `type` with `given` keys and the defaults for the rest. */
export function makeShape<T extends ShapeType>(
  type: T,
  given: { readonly id: string } & Partial<Omit<Extract<KnownShape, { type: T }>, 'id' | 'type'>>,
): Extract<KnownShape, { type: T }> {
  const shape: Record<string, unknown> = { type }
  for (const [key, p] of Object.entries(propsOf(type))) {
    if (p.fallback !== undefined) shape[key] = p.fallback
  }
  return { ...shape, ...given } as unknown as Extract<KnownShape, { type: T }>
}
