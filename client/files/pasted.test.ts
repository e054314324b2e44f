import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTldrawHtml } from './pasted.ts'
import { pastedKind } from './pasted-kind.ts'
import { drawing, element, expectValid, halfWide } from './testing.ts'
import { unpackLz } from './tldr/lz.ts'
import { packLz } from './tldr.testing.ts'

test('a text that lz-string packed is unpacked', () => {
  expect(unpackLz('BYUwNmD2Q===')).toBe('hello')
  expect(unpackLz(packLz('ä €😀'))).toBe('ä €😀')
  for (const damaged of ['', '!', 'BYUw', 'BYUw=NmD2Q', 'BYUw!NmD2Q', 'BYUwNmD2A===']) {
    expect(unpackLz(damaged)).toBeUndefined()
  }
})

test('any text is unpacked as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), text => {
      expect(unpackLz(packLz(text))).toBe(text)
    }),
  )
})

test('a character is new but once: junk that says otherwise is refused there, not after it filled the memory', () => {
  // Two times an “a”, each of them new.
  expect(unpackLz('oYAkMAI')).toBeUndefined()
})

test.each([
  [drawing(element('rectangle')), '', 'excalidraw'],
  ['{"type":"excalidraw/clipboard","elements":[]}', '', 'excalidraw'],
  ['{"type":"driftboard/scene","shapes":[]}', '', 'scene'],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', '', 'svg'],
  ['words', '<meta charset="utf-8"><div data-tldraw>{}</div>', 'tldraw'],
  ['graph TD\nA-->B', '', 'flowchart'],
  ['{"type":"other"}', '<p>words</p>', undefined],
  ['words about excalidraw', '', undefined],
])('%j is known for what it is', (text, html, kind) => {
  expect(pastedKind(text, html)).toBe(kind)
})

const shape = {
  typeName: 'shape',
  id: 'shape:1',
  type: 'geo',
  x: 1,
  y: 2,
  parentId: 'page:gone',
  props: { w: 10, h: 20 },
}
const copied = { shapes: [shape], rootShapeIds: ['shape:1'], schema: {} }
const html = (content: string) => `<meta charset="utf-8"><div data-tldraw>${content}</div>`
const clip = (version: number, data: unknown) => ({
  type: 'application/tldraw',
  kind: 'content',
  version,
  data,
})

test.each([
  ['plain', JSON.stringify(clip(2, { ...copied, assets: [] }))],
  ['packed', packLz(JSON.stringify(clip(1, { ...copied, assets: [] })))],
  [
    'with images beside',
    JSON.stringify(clip(3, { assets: [], otherCompressed: packLz(JSON.stringify(copied)) })),
  ],
  ['cleaned by a browser', JSON.stringify(clip(2, copied)).replaceAll('"', '&quot;')],
])('what was copied in tldraw is read: %s', (_, content) => {
  const imported = readTldrawHtml(html(content), halfWide)
  expectValid(imported)
  expect(imported.shapes).toMatchObject([{ type: 'rectangle', pos: [1, 2], size: [10, 20] }])
})

test.each([['{'], ['{}'], [JSON.stringify(clip(3, { otherCompressed: 'x' }))], ['']])(
  'what cannot be read of it is refused: %j',
  content => {
    expect(() => readTldrawHtml(html(content), halfWide)).toThrow(/cannot be read/)
  },
)
