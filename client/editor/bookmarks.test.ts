import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape, writeError } from '../../shared/schema/read.ts'
import { type Bookmark, CARD_SIZE, cardLayout, hostOf, titleOfLink } from '../../shared/shapes/bookmark.ts'
import { shapeBox } from '../../shared/shapes/index.ts'
import { bookmarkView } from '../shapes/bookmark/view.ts'
import { pasteText } from './actions.ts'
import { bookmarkClip, loneLink } from './bookmarks.ts'
import { Editor } from './editor.ts'
import { Rig } from './testing/rig.ts'

const lineWidth = (line: string) => line.length / 2
const LINK = 'https://www.example.org/some/page?q=1'
const card = (given: Partial<Bookmark> = {}): Bookmark =>
  makeShape('bookmark', {
    id: 'b',
    z: 'a0',
    pos: [0, 0],
    size: CARD_SIZE,
    link: LINK,
    text: 'A page',
    ...given,
  })

/** A rig whose editor tells which links it opened. */
function linked(...shapes: readonly Bookmark[]) {
  const rig = new Rig(...shapes)
  const opened: string[] = []
  const { board, lineWidth: width, tools, newId } = rig.editor
  const panels = { toggle: () => {}, openLink: (address: string) => void opened.push(address) }
  const editor = new Editor({ board, lineWidth: width, tools, newId, now: () => 0, panels })
  const click = (at: Vec, ctrl = false) => {
    const modifiers = { shift: false, alt: false, ctrl }
    editor.handle({ type: 'down', at, screen: at, pressure: null, pointer: 'mouse', clicks: 1, modifiers })
    editor.handle({ type: 'up', at, screen: at, modifiers })
  }
  return { editor, opened, click }
}

test('a lone address becomes a card with the title that came along, else the address a person reads', () => {
  const rig = new Rig()
  pasteText(rig.editor, ` ${LINK}\n`, [0, 0], '  A  page ')
  expect(rig.shape('bookmark')).toMatchObject({ link: LINK, text: 'A page' })
  expect(rig.selection).toEqual([rig.shape('bookmark').id])
  expect(bookmarkClip(LINK)?.shapes[0]).toMatchObject({ text: 'example.org/some/page' })
  rig.editor.undo()
  expect(rig.shapes).toEqual([])
})

test('an address that is pasted in place, or with other words, stays text', () => {
  const rig = new Rig()
  pasteText(rig.editor, LINK, 'in place')
  pasteText(rig.editor, `see ${LINK}`)
  expect(rig.shapes.map(({ type }) => type)).toEqual(['text', 'text'])
})

test('only whole addresses of the web are links', () => {
  for (const bad of ['javascript:alert(1)', 'file:///etc', 'http://', 'https://a b', 'data:text/html,x', 'x'])
    expect(loneLink(bad), bad).toBeUndefined()
  expect(loneLink(`https://a.org/${'x'.repeat(2000)}`)).toBeUndefined()
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), url => {
      fc.pre(url.length < 2000)
      const [made] = bookmarkClip(url)?.shapes ?? []
      if (!made) return
      for (const [key, value] of Object.entries(made))
        if (key !== 'id') expect(writeError('bookmark', key, value)).toBeUndefined()
    }),
    { numRuns: 30 },
  )
  expect(titleOfLink('https://a.org/%E4%B8%AD/%')).toBe('a.org/%E4%B8%AD/%')
  expect(hostOf('nothing')).toBe('')
})

test('a click opens the link with ctrl or on its icon, and nowhere else', () => {
  const { click, editor, opened } = linked(card({ rot: Math.PI }))
  const { icon } = cardLayout(card(), lineWidth)
  const box = shapeBox(card(), lineWidth)
  click([160, 48])
  expect(editor.state.selection).toEqual(new Set(['b']))
  expect(opened).toEqual([])
  // Turned by half, the icon lies on the other side.
  click([box.w - icon.x - icon.w / 2, box.h - icon.y - icon.h / 2])
  click([20, 80], true)
  editor.run('open-link')
  expect(opened).toEqual([LINK, LINK, LINK])
})

test('a shape without a link has none to open', () => {
  const { click, editor, opened } = linked(card({ link: '' }))
  click([20, 20], true)
  expect(editor.canRun('open-link')).toBe(false)
  expect(opened).toEqual([])
})

test('the card grows with its title, and its parts lie below each other on it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), fc.string({ maxLength: 300 }), (text, description) => {
      const shape = card({ text, description })
      const { title, description: said, host, h } = cardLayout(shape, lineWidth)
      expect(title.y + title.h).toBeLessThanOrEqual(said.y)
      expect(said.y + said.h).toBeLessThanOrEqual(host.y + 1e-6)
      expect(host.y + host.h).toBeLessThanOrEqual(h)
      expect(said.lines.length).toBeLessThanOrEqual(3)
    }),
  )
  const words = bookmarkView.words?.(card(), lineWidth) ?? []
  expect(words.map(({ lines }) => lines)).toEqual([['example.org']])
})

test('the title is typed in place', () => {
  const rig = new Rig(card())
  rig.doubleClick([30, 30])
  expect(rig.editor.state.editing).toBe('b')
  rig.editor.text.type('Another name')
  rig.editor.escape()
  expect(rig.shape('bookmark').text).toBe('Another name')
})
