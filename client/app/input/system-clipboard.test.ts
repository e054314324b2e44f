import { expect, test } from 'vitest'
import { systemClipboard } from './system-clipboard.ts'

type Parts = Readonly<Record<string, string>>

/** A system's clipboard that holds one thing, in these forms. */
function holding(parts: Parts, canReadAll = true) {
  const images: File[] = []
  const item = {
    types: Object.keys(parts),
    getType: async (type: string) => new Blob([parts[type] ?? ''], { type }),
  } as unknown as ClipboardItem
  const system = {
    readText: async () => parts['text/plain'] ?? '',
    writeText: async () => {},
    ...(canReadAll && { read: async () => [item] }),
  }
  return { clipboard: systemClipboard(system, file => images.push(file)), images }
}

test('an image is handed on as a file, and is no text', async () => {
  const { clipboard, images } = holding({ 'image/png': 'pixels' })
  expect(await clipboard.readText()).toBe('')
  expect(images.map(({ type, size }) => [type, size])).toEqual([['image/png', 6]])
})

test('of what is both, the text is what was meant', async () => {
  const { clipboard, images } = holding({ 'image/png': 'pixels', 'text/plain': 'a table' })
  expect(await clipboard.readText()).toBe('a table')
  expect(images).toEqual([])
})

test('a browser that reads only text goes on pasting that', async () => {
  const { clipboard } = holding({ 'text/plain': 'words' }, false)
  expect(await clipboard.readText()).toBe('words')
})

test('what a program left as HTML is told of beside the text, and in place of an image', async () => {
  const html = '<div data-tldraw>{}</div>'
  const both = holding({ 'text/plain': 'words', 'text/html': html, 'image/png': 'pixels' })
  expect(await both.clipboard.readCopied()).toEqual({ text: 'words', html })
  const { clipboard, images } = holding({ 'text/html': html, 'image/png': 'pixels' })
  expect(await clipboard.readCopied()).toEqual({ text: '', html })
  expect(images).toEqual([])
})

test('an image that was copied from a page is an image, whatever HTML comes with it', async () => {
  const { clipboard, images } = holding({ 'text/html': '<img src="cat.png">', 'image/png': 'pixels' })
  expect(await clipboard.readCopied()).toEqual({ text: '', html: '' })
  expect(images).toHaveLength(1)
})
