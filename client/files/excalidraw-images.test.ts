import { expect, test } from 'vitest'
import { takeImages } from './imported-images.ts'
import { noticeText } from './notices.ts'
import { element, expectValid, open } from './testing.ts'

const HASH = 'a'.repeat(64)

const dataUrl = (text: string, head = 'image/png;base64') => `data:${head},${btoa(text)}`

/** A drawing with these elements, and files by their ids. */
const drawingWith = (files: Record<string, unknown>, ...elements: readonly unknown[]) =>
  JSON.stringify({ type: 'excalidraw', version: 2, elements, appState: {}, files })

const image = (fileId: string, keys: Record<string, unknown> = {}) =>
  element('image', { fileId, status: 'saved', scale: [1, 1], ...keys })

test('an image keeps its place, turn and mirroring, and its bytes are those of the file', async () => {
  const file = await open(
    drawingWith(
      { cat: { dataURL: dataUrl('meow') } },
      image('cat', { angle: 0.5, opacity: 40, scale: [-1, 1] }),
    ),
  )
  const taken: string[] = []
  const imported = await takeImages(file, async bytes => {
    taken.push(new TextDecoder().decode(bytes))
    return { asset: HASH, natural: [640, 480] }
  })
  expect(taken).toEqual(['meow'])
  expectValid(imported)
  expect(imported.shapes).toMatchObject([
    {
      ...{ type: 'image', pos: [10, 20], size: [100, 50], rot: 0.5, opacity: 0.4 },
      ...{ asset: HASH, natural: [640, 480], flip: [true, false] },
    },
  ])
  expect(imported.notices).toEqual([])
})

test('an image that is shown twice is taken once', async () => {
  const file = await open(
    drawingWith({ cat: { dataURL: dataUrl('meow') } }, image('cat'), image('cat', { id: 'other', x: 300 })),
  )
  let times = 0
  const imported = await takeImages(file, async () => {
    times += 1
    return { asset: HASH, natural: [1, 1] }
  })
  expect([times, imported.shapes.length]).toEqual([1, 2])
})

test.each([
  ['is not in the file', {}],
  ['has no data', { cat: { mimeType: 'image/png' } }],
  ['has data that is none', { cat: { dataURL: 'data:image/png;base64,%%%' } }],
  ['is only named by what every object has', { constructor: 1 }],
])('an image that %s is counted, and the rest opens', async (_, files) => {
  const file = await open(drawingWith(files, image('cat'), image('toString'), element('rectangle')))
  expect(file.shapes.map(shape => shape.type)).toEqual(['rectangle'])
  expect(noticeText(file.notices)).toBe('2 images could not be read.')
})

const CROP = { x: 10, y: 40, width: 50, height: 80, naturalWidth: 100, naturalHeight: 200 }

test('images that turn out to be broken are counted with those that were missing', async () => {
  const file = await open(
    drawingWith(
      { bad: { dataURL: dataUrl('no image') }, svg: { dataURL: 'data:image/svg+xml,%3Csvg%3E' } },
      ...[image('missing'), image('bad'), image('svg', { crop: CROP })],
    ),
  )
  const imported = await takeImages(file, async bytes =>
    bytes[0] === '<'.charCodeAt(0) ? { asset: HASH, natural: [9, 9] } : null,
  )
  expect(imported.shapes).toHaveLength(1)
  expect(imported.shapes[0]).toMatchObject({ crop: [0.1, 0.2, 0.5, 0.4] })
  expect(noticeText(imported.notices)).toBe('2 images could not be read.')
})
