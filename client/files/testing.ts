import { expect } from 'vitest'
import { unpackInk } from '../../shared/geometry/ink.ts'
import { marksWithin, sameMarks } from '../../shared/geometry/marks.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { writeError } from '../../shared/schema/read.ts'
import type { KnownShape, ShapeOf, ShapeType } from '../../shared/shapes/index.ts'
import type { Imported } from './imported.ts'
import { readFile } from './index.ts'
import { noticeText } from './notices.ts'
import { placeImported } from './place.ts'

/** Every letter is half as wide as it is high. */
export const halfWide: LineWidth = line => line.length / 2

/** A file of today's Excalidraw with these elements. */
export const drawing = (...elements: readonly unknown[]): string =>
  JSON.stringify({
    type: 'excalidraw',
    version: 2,
    source: 'https://excalidraw.com',
    elements,
    appState: {},
    files: {},
  })

/** An element as today's Excalidraw writes it. */
export const element = (type: string, keys: Record<string, unknown> = {}) => ({
  id: `${type}-1`,
  type,
  x: 10,
  y: 20,
  width: 100,
  height: 50,
  angle: 0,
  strokeColor: '#1e1e1e',
  backgroundColor: 'transparent',
  fillStyle: 'solid',
  strokeWidth: 2,
  strokeStyle: 'solid',
  roughness: 1,
  opacity: 100,
  groupIds: [],
  frameId: null,
  index: 'a0',
  roundness: null,
  seed: 1,
  version: 1,
  versionNonce: 1,
  isDeleted: false,
  boundElements: null,
  updated: 1,
  link: null,
  locked: false,
  ...keys,
})

export const textElement = (text: string, keys: Record<string, unknown> = {}) =>
  element('text', {
    text,
    originalText: text,
    fontSize: 20,
    fontFamily: 5,
    textAlign: 'left',
    verticalAlign: 'top',
    containerId: null,
    autoResize: true,
    lineHeight: 1.25,
    width: text.length * 10,
    height: 25,
    ...keys,
  })

export const open = (data: string | Uint8Array | Blob, name = 'test.excalidraw'): Promise<Imported> =>
  readFile(name, data, halfWide)

/** The shapes of a file that holds just these elements, and what is noticed about them. */
export async function opened(...elements: readonly unknown[]) {
  const imported = await open(drawing(...elements))
  expectValid(imported)
  return { shapes: imported.shapes, said: noticeText(imported.notices) }
}

/** The only shape of a file with this element, which is of `type` and shown without any notice. */
export async function only<T extends ShapeType>(type: T, raw: unknown): Promise<ShapeOf<T>> {
  const { shapes, said } = await opened(raw)
  expect(said).toBe('')
  expect(shapes.map(shape => shape.type)).toEqual([type])
  return shapes[0] as ShapeOf<T>
}

/** Fails when a shape could not be written to a board, as it was read or once it is placed. */
export function expectValid(imported: Imported): void {
  let ids = 0
  const newId = () => `id-${ids++}`
  const placed = placeImported(imported, { newId, below: 'a5', at: [1000, -1000] })
  expect(placed.shapes.length).toBe(imported.shapes.length)
  expect(new Set(placed.shapes.map(shape => shape.id)).size).toBe(imported.shapes.length)
  for (const shape of [...imported.shapes, ...placed.shapes]) expect(mistakesOf(shape)).toEqual([])
}

function mistakesOf(shape: KnownShape): readonly string[] {
  const keys = Object.entries(shape).filter(([key]) => key !== 'id' && key !== 'marks')
  const mistakes = keys.map(([key, value]) => writeError(shape.type, key, value))
  if ('text' in shape && !sameMarks(shape.marks, marksWithin(shape.marks ?? [], shape.text.length)))
    mistakes.push('The marks are not those of the text.')
  if (shape.type === 'ink' && !unpackInk(shape.ink)) mistakes.push('The ink cannot be unpacked.')
  return mistakes.filter(mistake => mistake !== undefined)
}
