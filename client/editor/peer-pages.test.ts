import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { DocBoard } from '../board/doc-board.ts'
import { newDocument } from '../board/document.ts'
import { PagedBoard } from '../board/paged-board.ts'
import { TOOLS } from '../shapes/index.ts'
import { Editor } from './editor.ts'
import { PeerTracker } from './peer-tracker.ts'
import { box } from './testing/rig.ts'
import type { Peer } from './types.ts'

/** Two editors on a board with two pages, the second of which has the shape `b`. */
function twoPeople() {
  const open = (client: number) => {
    const doc = newDocument()
    const board = new PagedBoard(new DocBoard(doc), () => `page${client}`)
    const editor = new Editor({
      board,
      pages: board.control,
      lineWidth: () => 0,
      tools: TOOLS,
      newId: () => `id${client}`,
      now: () => 0,
    })
    return { doc, board, editor, pages: board.control }
  }
  const ana = open(1)
  const ben = open(2)
  ana.board.transact([{ op: 'create', shape: box('a') }])
  const second = ana.pages.add()
  ana.board.transact([{ op: 'create', shape: box('b') }])
  Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ana.doc))
  let seen: Peer | undefined
  const tracker = new PeerTracker(
    ben.board,
    peers => {
      seen = peers.get(1)
    },
    ben.pages,
  )
  const hear = () => {
    const state = ana.editor.outgoingPresence({ name: 'Ana', colour: '#ff0000' })
    tracker.receive(new Map([[1, JSON.parse(JSON.stringify(state))]]))
  }
  return { ana, ben, second, hear, seen: () => seen }
}

test('of somebody on another page one sees that they are there, and no more until one turns to it', () => {
  const { ana, ben, second, hear, seen } = twoPeople()
  const modifiers = { shift: false, alt: false, ctrl: false }
  ana.editor.handle({ type: 'move', at: [5, 6], screen: [5, 6], samples: [], modifiers })
  ana.editor.select(['b'])
  hear()
  expect(seen()).toMatchObject({ name: 'Ana', cursor: null, selection: [], preview: null })
  ben.pages.show(second)
  expect(seen()).toMatchObject({ name: 'Ana', cursor: [5, 6], selection: ['b'] })
  ben.pages.show('')
  expect(seen()).toMatchObject({ cursor: null, selection: [] })
})

test('what is selected on a page is not on another, nor is what was being drawn', () => {
  const { ana } = twoPeople()
  ana.editor.select(['b'])
  ana.editor.run('page-previous')
  expect([...ana.editor.state.selection]).toEqual([])
  ana.editor.run('select-all')
  expect([...ana.editor.state.selection]).toEqual(['a'])
  ana.editor.run('page-next')
  expect(ana.editor.canRun('page-next')).toBe(false)
  expect([...ana.editor.board.shapes.keys()]).toEqual(['b'])
})

test('a selection is moved to the page beside, if there is one', () => {
  const { ana, second } = twoPeople()
  expect(ana.editor.canRun('page-send-previous')).toBe(false)
  ana.editor.select(['b'])
  expect(ana.editor.canRun('page-send-next')).toBe(false)
  ana.editor.run('page-send-previous')
  expect([ana.pages.page, ana.pages.pageOf('b')]).toEqual([second, ''])
  expect([...ana.editor.state.selection]).toEqual([])
})

test('what is pasted goes to the page that is shown, whatever page it was copied on', async () => {
  const { ana } = twoPeople()
  const { pasteText, copyText } = await import('./actions.ts')
  ana.editor.select(['b'])
  const text = copyText(ana.editor) ?? ''
  ana.pages.show('')
  pasteText(ana.editor, text)
  expect([...ana.editor.board.shapes.keys()]).toEqual(['a', 'id1'])
})
