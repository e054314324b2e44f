import { readFileSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'
import { PDFArray, PDFDocument, PDFRawStream } from '@cantoo/pdf-lib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FontName } from '../../shared/geometry/text.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import type { DrawnShape, Sheet } from './drawn.ts'
import { sceneText } from './driftboard-scene.ts'
import { drawingIn, pngWithScene } from './embedded.ts'
import { holdsDrawing } from './index.ts'
import { writePdf } from './pdf.ts'
import { writeSvg } from './svg.ts'
import { drawing, element, expectValid, open } from './testing.ts'

/** One pixel. */
const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

const shapes: readonly KnownShape[] = [
  makeShape('frame', { id: 'f', z: 'a0', pos: [0, 0], size: [300, 200], name: 'Äußeres' }),
  makeShape('rectangle', { id: 'r', z: 'a1', pos: [10, 20], size: [100, 60], text: 'Hello 🙂', frame: 'f' }),
  makeShape('arrow', { id: 'a', z: 'a2', pos: [0, 0], points: [0, 0, 10, 50], end: ['r', 0, 0.5] }),
]

const same = (read: readonly KnownShape[]) => read.map(({ type }) => type)

test('a PNG with a drawing in it is still a PNG, and opens as that drawing', async () => {
  const png = pngWithScene(PNG, sceneText(shapes))
  expect(png.slice(0, 8)).toEqual(PNG.slice(0, 8))
  expect(png.slice(-12)).toEqual(PNG.slice(-12))
  expect(await holdsDrawing(new Blob([png]))).toBe(true)
  const imported = await open(png, 'picture.png')
  expectValid(imported)
  expect(imported.shapes).toEqual(shapes)
})

const drawn: DrawnShape = {
  ...{ pos: [10, 20], rot: 0.5, centre: [60, 50], opacity: 0.5 },
  clips: [
    [
      [0, 0],
      [300, 0],
      [300, 200],
    ],
  ],
  areas: [
    {
      contour: [
        [0, 0],
        [100, 0],
        [100, 60],
      ],
      colour: '#ff000080',
    },
  ],
  texts: [
    {
      ...{ font: 'hand', fontSize: 20, colour: '#1e1e1e' },
      lines: [
        { text: 'a < b & "c"\u0001', x: 5, y: 20, w: 60 },
        { text: 'Ж 🙂', x: 5, y: 45, w: 30 },
      ],
    },
  ],
  picture: undefined,
  link: 'https://example.org/?a=1&b=2',
}
const image: DrawnShape = {
  ...drawn,
  texts: [],
  picture: { asset: 'x', size: [40, 20], flip: [true, false], crop: [0.5, 0, 0.5, 1] },
}
const sheet: Sheet = { box: { x: -5, y: -5, w: 320, h: 220 }, background: '#ffffff', shapes: [drawn, image] }
const pictures = new Map([['x', { mime: 'image/png', bytes: PNG }]])
const families = { hand: "'Patrick Hand', cursive", sans: 'sans-serif', mono: 'monospace' }
const woff2 = (path: string) =>
  new Uint8Array(readFileSync(new URL(`../../node_modules/${path}`, import.meta.url)))
const fonts = new Map<FontName, Uint8Array>([
  ['hand', woff2('@fontsource/patrick-hand/files/patrick-hand-latin-400-normal.woff2')],
])

test('an SVG shows areas, letters, images, links and cuts, and opens as the drawing in it', async () => {
  const svg = writeSvg(sheet, { families, fonts, pictures, scene: sceneText(shapes) })
  expect(svg).toContain('viewBox="-5 -5 320 220"')
  expect(svg).toContain('a &lt; b &amp; &quot;c&quot;</tspan>')
  expect(svg).toContain('<a href="https://example.org/?a=1&amp;b=2">')
  expect(svg).toContain('font-family:drift-hand')
  expect(svg.match(/<clipPath/g)).toHaveLength(1)
  expect(svg).not.toMatch(/NaN|undefined/)
  const bytes = new TextEncoder().encode(svg)
  expect((await open(bytes, 'picture.svg')).shapes).toEqual(shapes)
  const bare = writeSvg(sheet, { families, fonts: new Map(), pictures, scene: '' })
  expect(drawingIn(new TextEncoder().encode(bare))).toBeUndefined()
})

const looks: Sheet = {
  ...sheet,
  shapes: [0, 1, 2, 3].map(style => ({
    ...{ ...drawn, rot: 0, opacity: 1, clips: [], areas: [], link: '' },
    texts: [
      {
        ...{ font: 'hand', fontSize: 20, colour: '#1e1e1e' },
        lines: [{ text: 'Look', x: 0, y: 20, w: 40, ...(style > 0 && { style }) }],
      },
    ],
  })),
}

test('bold letters and italics are such in an SVG, and plain ones say nothing of it', () => {
  const svg = writeSvg(looks, { families, fonts, pictures, scene: '' })
  expect(svg.match(/<tspan[^>]*>/g)?.map(tag => tag.replace(/ [xy]="[^"]*"/g, ''))).toEqual([
    '<tspan>',
    '<tspan font-weight="700">',
    '<tspan font-style="italic">',
    '<tspan font-weight="700" font-style="italic">',
  ])
})

test('a PDF draws bold letters with an edge, and italics lean', async () => {
  const page = async (shapes: Sheet['shapes']) => {
    const bytes = await writePdf([{ ...looks, shapes }], {
      ...{ title: '', fonts, pictures },
      linePicture: async () => null,
    })
    const [first] = (await PDFDocument.load(bytes)).getPages()
    const contents = first?.node.Contents()
    const stream = contents instanceof PDFArray ? contents.lookup(0, PDFRawStream) : undefined
    return new TextDecoder().decode(inflateSync(stream?.contents ?? new Uint8Array()))
  }
  const [plain = '', bold = '', italic = '', both = ''] = await Promise.all(
    looks.shapes.map(one => page([one])),
  )
  expect([plain, bold, italic, both].map(text => /^B$/m.test(text))).toEqual([false, true, false, true])
  const outline = (text: string) => text.match(/^[-\d. ]+ [mlc]$/gm)?.join() ?? ''
  expect(outline(bold)).toBe(outline(plain))
  expect(outline(italic)).not.toBe(outline(plain))
  expect(outline(both)).toBe(outline(italic))
})

test('a PDF has a page for each sheet, as large as that', async () => {
  const asked: string[] = []
  const huge = { ...sheet, box: { x: 0, y: 0, w: 1e5, h: 10 }, background: null, shapes: [] }
  const bytes = await writePdf([sheet, huge], {
    ...{ title: 'Plan', fonts, pictures },
    linePicture: async (_, line) => {
      asked.push(line.text)
      return { png: PNG, x: 0, y: 0, w: 10, h: 10 }
    },
  })
  const document = await PDFDocument.load(bytes)
  expect(document.getTitle()).toBe('Plan')
  expect(document.getPages().map(page => page.getSize())).toEqual([
    { width: 240, height: 165 },
    { width: expect.closeTo(14_400), height: expect.closeTo(1.44) },
  ])
  // A control character and letters of another script are in no font of ours.
  expect(asked).toContain('Ж 🙂')
})

test('pictures of Excalidraw open as their drawings, packed and bare', async () => {
  const scene = drawing(element('rectangle'), element('ellipse'))
  const wrapper = JSON.stringify({
    ...{ version: '1', encoding: 'bstring', compressed: true },
    encoded: deflateSync(scene).toString('latin1'),
  })
  const chunk = (text: string) => {
    const body = Buffer.from(`tEXtapplication/vnd.excalidraw+json\0${text}`, 'latin1')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length - 4)
    return Buffer.concat([PNG.slice(0, -12), length, body, Buffer.alloc(4), PNG.slice(-12)])
  }
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg"><metadata><!-- payload-type:application/vnd.excalidraw+json --><!-- payload-version:2 --><!-- payload-start -->${Buffer.from(text, 'latin1').toString('base64')}<!-- payload-end --></metadata></svg>`
  for (const text of [wrapper, scene]) {
    expect(same((await open(new Uint8Array(chunk(text)), 'a.png')).shapes)).toEqual(['rectangle', 'ellipse'])
    const bytes = new TextEncoder().encode(svg(text))
    expect(same((await open(bytes, 'a.svg')).shapes)).toEqual(['rectangle', 'ellipse'])
  }
})

test('a picture without a drawing, or with a broken one, is refused by name', async () => {
  await expect(open(PNG, 'cat.png')).rejects.toThrow(/"cat.png" is a PNG image, not a drawing/)
  expect(await holdsDrawing(new Blob([PNG]))).toBe(false)
})

test('however a picture with a drawing is damaged, it opens or is refused', async () => {
  const png = pngWithScene(PNG, sceneText(shapes))
  const svg = new TextEncoder().encode(
    writeSvg(sheet, { families, fonts, pictures: new Map(), scene: sceneText(shapes) }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(png, svg),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat()),
      async (file, changes, end) => {
        const bytes = file.slice(0, end === null ? undefined : end % file.length)
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value
        const result = await open(bytes, 'a').catch((error: unknown) => error)
        if (result instanceof Error) expect(result.name).toBe('FileError')
        else expectValid(result as Awaited<ReturnType<typeof open>>)
      },
    ),
    { numRuns: 200 },
  )
})
