import { describe, expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { writeExcalidraw } from './excalidraw/write.ts'
import { drawing, halfWide, open } from './testing.ts'

const options = { lineWidth: halfWide }

describe('what Excalidraw has not', () => {
  const place = { pos: [300, 200], size: [240, 200] } as const
  const link = 'https://example.com/a'
  const own: readonly KnownShape[] = [
    makeShape('note', { ...place, id: 'n', z: 'a0', text: 'Ask Ben', author: 'Ana', fill: '#b2f2bb' }),
    makeShape('table', {
      ...place,
      id: 't',
      z: 'a1',
      text: 'Name\tOwner\nRelay\tAna',
      header: true,
      rot: 0.3,
    }),
    makeShape('bookmark', { ...place, id: 'b', z: 'a2', link, text: 'Title', description: 'What it is' }),
    makeShape('star', { ...place, id: 's', z: 'a3', text: 'Go', groups: ['g'], opacity: 0.5, locked: true }),
    makeShape('cloud', { ...place, id: 'c', z: 'a4', fillStyle: 'hachure', roughness: 2 }),
  ]
  const holder = makeShape('frame', { id: 'f', z: 'a5', pos: [0, 0], size: [900, 700] })
  const arrow = makeShape('arrow', {
    ...{ id: 'a', z: 'a6', pos: [0, 0], points: [0, 0, 10, 50], end: ['n', 0, 0.5] },
  })
  type Elements = readonly Record<string, unknown>[]
  const elementsFor = (...shapes: readonly KnownShape[]): Elements =>
    JSON.parse(writeExcalidraw(shapes, new Map(), options)).elements
  const typesIn = async (elements: Elements) =>
    (await open(drawing(...elements))).shapes.map(({ type }) => type)

  test('opens again as what it was, with all that it was, where Excalidraw left it as it is', async () => {
    const framed = own.map(shape => ({ ...shape, frame: 'f' }))
    const elements = elementsFor(...framed, holder, arrow).map(element => ({
      ...element,
      version: 7,
      index: null,
    }))
    const { shapes } = await open(drawing(...elements))
    const frame = shapes.find(({ type }) => type === 'frame')?.id
    for (const shape of own) {
      const read = shapes.find(({ type }) => type === shape.type)
      const groups = shape.groups.length > 0 ? [expect.any(String)] : []
      expect(read).toEqual({ ...shape, id: read?.id, z: 'a0', frame, groups })
    }
    const note = shapes.find(({ type }) => type === 'note')?.id
    expect(shapes.find(({ type }) => type === 'arrow')).toMatchObject({ end: [note, 0, 0.5] })
    expect(shapes).toHaveLength(own.length + 2)
  })

  test('is what it was where it was moved there, all at once, or copied', async () => {
    const elements = elementsFor(...own)
    const moved = elements.map(element => ({
      ...element,
      x: Number(element.x) + 70,
      y: Number(element.y) - 30,
    }))
    const { shapes } = await open(drawing(...moved))
    expect(shapes.map(({ type }) => type)).toEqual(own.map(({ type }) => type))
    for (const { pos } of shapes) expect(pos).toEqual([370, 170])
    const text = JSON.stringify(elements)
    const copies = JSON.parse(text.replaceAll(/"([ntbsc])(-[\w-]+)?"/g, '"copy-$1$2"')) as Elements
    expect(await typesIn([...elements, ...copies])).toHaveLength(2 * own.length)
  })

  test('is what Excalidraw made of it where anything was changed there', async () => {
    const change = (of: readonly KnownShape[], at: number, keys: Record<string, unknown>) =>
      typesIn(elementsFor(...of).map((element, i) => (i === at ? { ...element, ...keys } : element)))
    const [note, table, card] = own as readonly [KnownShape, KnownShape, KnownShape]
    expect(await change([note], 0, { backgroundColor: '#ffffff' })).not.toContain('note')
    expect(await change([note], 0, { width: 300 })).not.toContain('note')
    expect(await change([note], 1, { text: 'Ask Cleo', originalText: 'Ask Cleo' })).not.toContain('note')
    expect(await change([table], 1, { x: 900 })).not.toContain('table')
    expect(await change([table], 1, { isDeleted: true })).not.toContain('table')
    expect(await change([card], 0, { link: 'https://example.org/other' })).not.toContain('bookmark')
    expect(
      await change([note], 0, { customData: { driftboard: { shape: { type: 'note' } } } }),
    ).not.toContain('note')
  })
})
