import * as v from 'valibot'
import { type Box, centreOf } from '../../shared/geometry/box.ts'
import { type Marks, marksBetween, NO_MARKS } from '../../shared/geometry/marks.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { sub, type Vec } from '../../shared/geometry/vec.ts'
import { isDefault, makeShape, readShape } from '../../shared/schema/read.ts'
import { marksKey, readMarks, withMarks } from '../../shared/schema/read-marks.ts'
import { type KnownShape, type Shape, shapeBox } from '../../shared/shapes/index.ts'
import { boundsOf } from './preview.ts'
import { styleOf } from './style.ts'
import { withinTextLimit } from './text-edit.ts'
import type { Style } from './types.ts'

const TYPE = 'driftboard/shapes'

const Payload = v.object({
  type: v.literal(TYPE),
  from: v.exactOptional(v.string()),
  shapes: v.array(v.record(v.string(), v.unknown())),
})

/**
 * Shapes as text for the clipboard. Like the document, it holds only what differs from the defaults. `from` is the board
 * of this device that has their images.
 */
export const shapesText = (shapes: readonly KnownShape[], from?: string): string =>
  JSON.stringify({ type: TYPE, from, shapes: shapes.map(plainShape) })

/** Keys that are not for others: whoever pastes a shape is the last who changed it. */
const KEPT_BACK: ReadonlySet<string> = new Set(['id', 'by'])

/** The keys of a shape that are not default, as JSON; bytes become base64. */
export function plainShape(shape: KnownShape): Record<string, unknown> {
  const plain: Record<string, unknown> = { id: shape.id }
  for (const [key, value] of Object.entries(shape)) {
    if (KEPT_BACK.has(key) || (key !== 'type' && isDefault(shape.type, key, value))) continue
    plain[key] = value instanceof Uint8Array ? toBase64(value) : value
  }
  return plain
}

/** The shape that plain keys describe; an Unreadable when they describe none. */
export function shapeOfPlain(plain: Readonly<Record<string, unknown>>): Shape {
  const raw = new Map(Object.entries(plain))
  const ink = raw.get('ink')
  if (typeof ink === 'string') raw.set('ink', fromBase64(ink))
  const id = raw.get('id')
  return withMarks(readShape(typeof id === 'string' && id !== '' ? id : 'pasted', raw), raw.get('marks'))
}

/** What the clipboard holds for the board. */
export interface Clip {
  readonly shapes: readonly KnownShape[]
  /** Shapes in it that this version cannot read, and that are left out. */
  readonly unreadable: number
  /** The board that the shapes were copied from. */
  readonly from?: string
}

/** The shapes that a clipboard text holds; undefined when it is any other text. */
export function clipOf(text: string): Clip | undefined {
  if (!text.includes(TYPE)) return undefined
  const payload = v.safeParse(Payload, parseJson(text))
  if (!payload.success) return undefined
  const read = payload.output.shapes.map(shapeOfPlain)
  const known = read.filter(shape => shape.type !== 'unreadable')
  // What is copied lies on a page; pages themselves are never copied so.
  const shapes = known.filter(shape => shape.type !== 'page')
  const { from } = payload.output
  return { shapes, unreadable: read.length - known.length, ...(from !== undefined && { from }) }
}

/** Letters, and how they look where they are not plain. */
export interface Letters {
  readonly text: string
  readonly marks?: Marks
}

/** Letters as text shapes: one, or several in a column when one cannot hold them. */
export function textClip(letters: Letters, style: Style, lineWidth: LineWidth): Clip {
  const shapes: KnownShape[] = []
  const text = letters.text.replace(/\r\n?/g, '\n').trimEnd()
  let rest = text
  let y = 0
  while (rest !== '') {
    const part = withinTextLimit(rest)
    const from = text.length - rest.length
    const own = marksBetween(letters.marks ?? NO_MARKS, from, from + part.length)
    const given = { id: 'pasted', z: 'a0', pos: [0, y] as Vec, text: part, ...marksKey(readMarks(own, part)) }
    const shape = { ...makeShape('text', given), ...styleOf('text', style) } as KnownShape
    y += shapeBox(shape, lineWidth).h
    shapes.push(shape)
    rest = rest.slice(part.length)
  }
  return { shapes, unreadable: 0 }
}

/** How far the shapes must be moved for their middle to lie at `at`. */
export function offsetTo(at: Vec, shapes: readonly KnownShape[], lineWidth: LineWidth): Vec {
  const bounds: Box | undefined = boundsOf(shapes, lineWidth)
  return bounds ? sub(at, centreOf(bounds)) : [0, 0]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Bytes that String.fromCharCode takes at once without running out of stack. */
const CHUNK = 8192

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(binary)
}

/** The bytes of a base64 text; undefined when it is none. */
function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), char => char.charCodeAt(0))
  } catch {
    return undefined
  }
}
