import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Vec } from '../../shared/geometry/vec.ts'
import { DocBoard } from '../board/doc-board.ts'
import { PeerTracker } from './peer-tracker.ts'
import { parsePresence } from './presence-state.ts'
import { box, Rig } from './testing/rig.ts'
import type { Peer } from './types.ts'

const ADA = { name: 'Ada', colour: '#ff8800' }

/** One person draws, another watches over a wire that carries JSON. */
function watched(...shapes: Parameters<typeof box>[0][]) {
  const drawing = new Rig(...shapes.map(id => box(id)))
  const watching = new Rig()
  const carry = () => Y.applyUpdate(watching.doc, Y.encodeStateAsUpdate(drawing.doc), 'network')
  carry()
  let peers: ReadonlyMap<number, Peer> = new Map()
  const tracker = new PeerTracker(watching.board, next => {
    peers = next
  })
  const message = (): unknown => JSON.parse(JSON.stringify(drawing.editor.outgoingPresence(ADA)))
  return {
    drawing,
    watching,
    carry,
    message,
    receive: (raw: unknown = message()) => tracker.receive(new Map([[7, raw]])),
    preview: () => peers.get(7)?.preview ?? null,
    peer: () => peers.get(7),
    leave: () => tracker.receive(new Map()),
  }
}

const strokePoints = (preview: Peer['preview']): readonly Vec[] =>
  preview?.kind === 'ink' ? preview.stroke.ink.points : []

describe('a stroke in progress', () => {
  const at = (i: number): Vec => [i * 3, (i % 7) * 10]
  const isLost = (i: number) => i >= 400 && i <= 600

  test('is put together from windows, is sent in less than 2 KB however long it is, and fills lost windows', () => {
    const { drawing, receive, message, preview } = watched()
    drawing.editor.use('ink')
    drawing.down(at(0), { pressure: 0.5 })
    for (let i = 1; i < 1000; i++) {
      drawing.move(at(i), { pressure: (i % 10) / 10 })
      if (i % 20 === 0 && !isLost(i)) receive()
      expect(JSON.stringify(message()).length).toBeLessThan(2048)
    }
    receive()
    // The message at 380 ends with point 380, the next one, at 620, begins with point 557.
    const seen = Array.from({ length: 1000 }, (_, i) => i).filter(i => i <= 380 || i >= 557)
    expect(strokePoints(preview())).toEqual(seen.map(at))
  })

  test('ends when its shape arrives, whichever message is faster', () => {
    const late = watched()
    late.drawing.editor.use('ink')
    late.drawing.down([0, 0])
    late.drawing.move([50, 50])
    late.receive()
    expect(late.preview()).toMatchObject({ kind: 'ink' })
    const stale = late.message()
    late.drawing.up([50, 50])
    late.carry()
    expect(late.preview()).toBeNull()
    late.receive(JSON.parse(JSON.stringify(stale)))
    expect(late.preview()).toBeNull()
  })

  test('ends when it is cancelled or its drawer leaves', () => {
    const { drawing, receive, preview, peer, leave } = watched()
    drawing.editor.use('ink')
    drawing.down([0, 0])
    receive()
    drawing.cancel()
    receive()
    expect(preview()).toBeNull()
    leave()
    expect(peer()).toBeUndefined()
  })

  test('that is straightened with shift is replaced', () => {
    const { drawing, receive, preview } = watched()
    drawing.editor.use('ink')
    drawing.down(at(0))
    for (let i = 1; i < 200; i++) drawing.move(at(i))
    receive()
    const before = preview()
    drawing.move([300, 0], { modifiers: { shift: true } })
    receive()
    expect(strokePoints(preview())).toEqual([at(0), [300, 0]])
    expect(preview()).not.toBe(before)
  })
})

test('a move ends when its outcome arrives, so that nothing is shown moved twice', () => {
  const { drawing, receive, preview, message, carry } = watched('a')
  drawing.down([50, 25])
  drawing.move([90, 25])
  receive()
  expect(preview()).toEqual({ kind: 'move', ids: ['a'], offset: [40, 0] })
  const stale = message()
  drawing.up([90, 25])
  carry()
  expect(preview()).toBeNull()
  receive(stale)
  expect(preview()).toBeNull()
  drawing.down([90, 25])
  drawing.move([90, 65])
  receive()
  expect(preview()).toEqual({ kind: 'move', ids: ['a'], offset: [0, 40] })
})

describe('a move of many', () => {
  const ids = (count: number) =>
    Array.from({ length: count }, (_, i) => `${(i * 7919).toString(36)}-a-random-id-of-22`)

  test('is shown with every shape that moves', () => {
    const { drawing, receive, preview } = watched(...ids(500))
    drawing.editor.run('select-all')
    drawing.down([50, 25])
    drawing.move([90, 25])
    receive()
    const shown = preview()
    expect(shown?.kind === 'move' && new Set(shown.ids)).toEqual(new Set(ids(500)))
  })

  test('is sent in less than 6 KB however many they are, and in less than 2 KB once they rest', () => {
    const rig = new Rig(...ids(3000).map(id => box(id)))
    const size = () => JSON.stringify(rig.editor.outgoingPresence(ADA)).length
    rig.editor.run('select-all')
    rig.down([50, 25])
    rig.move([90, 25])
    expect(size()).toBeLessThan(6 * 1024)
    rig.up([90, 25])
    expect(size()).toBeLessThan(2 * 1024)
  })
})

test('the cursor of somebody whose pointer left is nowhere', () => {
  const { drawing, receive, peer } = watched()
  drawing.move([10, 20])
  receive()
  expect(peer()).toMatchObject({ name: 'Ada', colour: '#ff8800', cursor: [10, 20] })
  drawing.editor.leave()
  receive()
  expect(peer()?.cursor).toBeNull()
})

describe('a caret', () => {
  test('stays between its letters while others type, waits for letters that come late, and goes with the typing', () => {
    const { drawing, watching, carry, receive, peer } = watched('a')
    drawing.editor.edit('a')
    drawing.editor.text.type('two')
    drawing.editor.text.placeCaret({ anchor: 3, focus: 1 })
    receive()
    expect(peer()?.caret).toBeNull()
    carry()
    expect(peer()?.caret).toEqual({ shape: 'a', anchor: 3, focus: 1 })
    watching.board.transact([{ op: 'text', id: 'a', at: 0, remove: 0, insert: 'one ' }])
    expect(peer()?.caret).toEqual({ shape: 'a', anchor: 7, focus: 5 })
    watching.board.transact([{ op: 'remove', id: 'a' }])
    expect(peer()?.caret).toBeNull()
    drawing.editor.text.end()
    receive()
    expect(peer()?.caret).toBeNull()
  })

  test('of one’s own is told of while a text on the board is typed, and is between the right letters after theirs', () => {
    const { drawing } = watched('a')
    const { editor } = drawing
    editor.text.placeCaret({ anchor: 0, focus: 0 })
    expect(editor.state.caret).toBeNull()
    editor.edit('a')
    editor.text.type('aa', 2)
    editor.text.placeCaret({ anchor: 2, focus: 2 })
    const theirs = new Y.Doc()
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(drawing.doc))
    new DocBoard(theirs).transact([{ op: 'text', id: 'a', at: 0, remove: 0, insert: 'a' }])
    Y.applyUpdate(drawing.doc, Y.encodeStateAsUpdate(theirs), 'network')
    expect(editor.text.caret).toEqual({ anchor: 3, focus: 3 })
    editor.text.end()
    expect(editor.outgoingPresence(ADA).caret).toBeNull()
  })
})

describe('what is not valid', () => {
  const good = { user: ADA, cursor: null, selection: [], gesture: 1, preview: null }

  test.each([
    [{ ...good, user: { name: 'x', colour: 'url(//evil)' } }],
    [{ ...good, cursor: [1e300, 0] }],
    [{ ...good, selection: Array.from({ length: 1000 }, () => 'x') }],
    [{ ...good, gesture: -1 }],
    [null],
    ['presence'],
  ])('%j shows nobody', raw => {
    expect(parsePresence(raw)).toBeUndefined()
  })

  test.each([
    [{ kind: 'hologram' }],
    [{ kind: 'move', ids: ['a'], offset: [Number.NaN, 0] }],
    [{ kind: 'create', shape: { id: 'x', type: 'rectangle', pos: [0, 0], size: [-1, 0], z: 'a0' } }],
    [{ kind: 'create', shape: { type: 'rectangle', pos: [0, 0], size: [1, 0], z: 'a0' } }],
    [
      {
        kind: 'ink',
        id: 'x',
        stroke: '#000000',
        width: 1,
        opacity: 1,
        z: 'a0',
        start: 0,
        precision: 4,
        steps: [1],
      },
    ],
  ])('the preview %j is left out, the person still shown', preview => {
    expect(parsePresence({ ...good, preview })).toMatchObject({ user: ADA, preview: null })
  })

  test.each([
    [undefined],
    ['end'],
    [{ shape: 'a', anchor: [1, -1], focus: 'start' }],
    [{ shape: 'a', anchor: [1, 2, 3], focus: 'start' }],
    [{ shape: 'x'.repeat(1000), anchor: 'start', focus: 'start' }],
  ])('the caret %j is left out, the person still shown', caret => {
    expect(parsePresence({ ...good, caret })).toMatchObject({ user: ADA, caret: null })
  })

  test('a name is shown without control characters and not longer than 40', () => {
    const name = `A\u0000d\na${'!'.repeat(100)}`
    expect(parsePresence({ ...good, user: { ...ADA, name } })?.user.name).toMatch(/^A d a!{35}$/)
  })

  test('of any other kind never throws', () => {
    const { receive } = watched()
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.anything().map(preview => ({ ...good, preview })),
          fc.anything().map(caret => ({ ...good, caret })),
        ),
        raw => {
          receive(raw)
        },
      ),
    )
  })
})
