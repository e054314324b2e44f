import { expect } from 'vitest'
import type { KnownShape, ShapeOf } from '../../shared/shapes/index.ts'
import { noticeText } from './notices.ts'
import { expectValid, open } from './testing.ts'

/** A record of a shape as tldraw writes it. */
export const shape = (
  type: string,
  props: Record<string, unknown> = {},
  keys: Record<string, unknown> = {},
) => ({
  typeName: 'shape',
  id: `shape:${type}`,
  type,
  x: 10,
  y: 20,
  rotation: 0,
  index: 'a1',
  parentId: 'page:1',
  isLocked: false,
  opacity: 1,
  meta: {},
  props,
  ...keys,
})

export const page = (id: string, index: string, name: string) => ({
  typeName: 'page',
  id,
  index,
  name,
  meta: {},
})

const file = (...records: readonly unknown[]): string =>
  JSON.stringify({
    tldrawFileFormatVersion: 1,
    schema: { schemaVersion: 2, sequences: {} },
    records: [{ typeName: 'document', id: 'document:document' }, page('page:1', 'a1', 'One'), ...records],
  })

/** The shapes of a file with these records and one page, and what is noticed about them. */
export async function opened(...records: readonly unknown[]) {
  const imported = await open(file(...records), 'a.tldr')
  expectValid(imported)
  return { shapes: imported.shapes, said: noticeText(imported.notices), images: imported.images }
}

/** The only shape of a file with this record, which is of `type`. */
export async function only<T extends KnownShape['type']>(type: T, raw: unknown): Promise<ShapeOf<T>> {
  const { shapes } = await opened(raw)
  expect(shapes.map(one => one.type)).toEqual([type])
  return shapes[0] as ShapeOf<T>
}

/** As lz-string packs, but character by character: no longer entry is ever used. Its reader cannot tell. */
export function packLz(text: string): string {
  const bits: number[] = []
  const write = (value: number, count: number) => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1)
  }
  let width = 2
  let room = 1
  const taken = () => {
    room -= 1
    if (room === 0) room = 2 ** width++
  }
  const codes = new Map<number, number>()
  let next = 3
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i)
    const known = codes.get(character)
    write(known ?? 1, width)
    if (known === undefined) {
      write(character, 16)
      codes.set(character, next++)
      taken()
    }
    // The decoder notes each pair of letters.
    if (i > 0) {
      next++
      taken()
    }
  }
  write(2, width)
  while (bits.length % 6 !== 0) bits.push(0)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const sixes = Array.from({ length: bits.length / 6 }, (_, i) =>
    Number.parseInt(bits.slice(i * 6, i * 6 + 6).join(''), 2),
  )
  return sixes.map(six => alphabet[six]).join('')
}
