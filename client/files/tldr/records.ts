import * as v from 'valibot'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'

export type Props = Readonly<Record<string, unknown>>

const finite = v.pipe(v.number(), v.minValue(-LIMITS.coordinate), v.maxValue(LIMITS.coordinate))
const props = v.fallback(v.record(v.string(), v.unknown()), {})

const shapeSchema = v.object({
  typeName: v.literal('shape'),
  id: v.string(),
  type: v.string(),
  x: finite,
  y: finite,
  rotation: v.fallback(finite, 0),
  parentId: v.fallback(v.string(), ''),
  index: v.fallback(v.string(), ''),
  opacity: v.fallback(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1),
  isLocked: v.fallback(v.boolean(), false),
  props,
})
export type TldrShape = v.InferOutput<typeof shapeSchema>

const pageSchema = v.object({
  typeName: v.literal('page'),
  id: v.string(),
  name: v.fallback(v.string(), ''),
  index: v.fallback(v.string(), ''),
})
export type TldrPage = v.InferOutput<typeof pageSchema>

const assetSchema = v.object({ typeName: v.literal('asset'), id: v.string(), props })

const bindingSchema = v.object({
  typeName: v.literal('binding'),
  fromId: v.string(),
  toId: v.string(),
  props,
})

/** What a file of tldraw holds, in the order of the file. */
export interface Records {
  readonly shapes: readonly TldrShape[]
  readonly pages: readonly TldrPage[]
  readonly assets: ReadonlyMap<string, Props>
  readonly bindings: readonly v.InferOutput<typeof bindingSchema>[]
  /** Shapes that could not be read. */
  readonly broken: number
}

export function recordsOf(raw: readonly unknown[]): Records {
  const shapes: TldrShape[] = []
  const pages: TldrPage[] = []
  const assets = new Map<string, Props>()
  const bindings: v.InferOutput<typeof bindingSchema>[] = []
  let broken = 0
  for (const record of raw) {
    const kind = typeNameOf(record)
    const shape = v.safeParse(shapeSchema, record)
    const page = v.safeParse(pageSchema, record)
    const asset = v.safeParse(assetSchema, record)
    const binding = v.safeParse(bindingSchema, record)
    if (shape.success) shapes.push(shape.output)
    else if (kind === 'shape') broken += 1
    else if (page.success) pages.push(page.output)
    else if (asset.success) assets.set(asset.output.id, asset.output.props)
    else if (binding.success) bindings.push(binding.output)
  }
  return { shapes, pages, assets, bindings, broken }
}

const typeNameOf = (record: unknown): unknown =>
  typeof record === 'object' && record !== null && 'typeName' in record ? record.typeName : undefined

export const textProp = (p: Props, key: string): string => {
  const value = p[key]
  return typeof value === 'string' ? value : ''
}

/** A number that is on the board; `otherwise` for any other value. */
export function numberProp(p: Props, key: string, otherwise: number): number {
  const value = p[key]
  return typeof value === 'number' && Math.abs(value) <= LIMITS.coordinate ? value : otherwise
}

export const flagProp = (p: Props, key: string): boolean => p[key] === true

export function recordProp(p: Props, key: string): Props {
  const value = p[key]
  return typeof value === 'object' && value !== null ? (value as Props) : {}
}

/** An object with `x` and `y`; undefined for anything else. */
export function pointOf(value: unknown): Vec | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { x, y } = value as Props
  return isCoordinate(x) && isCoordinate(y) ? [x, y] : undefined
}

const isCoordinate = (n: unknown): n is number => typeof n === 'number' && Math.abs(n) <= LIMITS.coordinate

/** By tldraw's order keys, which compare as texts. */
export const byIndex = (a: { readonly index: string }, b: { readonly index: string }): number =>
  a.index < b.index ? -1 : a.index > b.index ? 1 : 0
