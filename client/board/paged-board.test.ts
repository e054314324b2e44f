import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { compareOrder } from '../../shared/schema/order.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { Shape, ShapeOf } from '../../shared/shapes/index.ts'
import type { BoardDiff } from './board.ts'
import { DocBoard } from './doc-board.ts'
import { FIRST } from './page-list.ts'
import { frontPage, PagedBoard } from './paged-board.ts'

const box = (id: string, given: Partial<ShapeOf<'rectangle'>> = {}) =>
  makeShape('rectangle', { id, z: 'a0', pos: [0, 0], size: [100, 50], ...given })

/** A board with pages, and a mirror that knows it by its diffs alone. */
class Peer {
  readonly doc = new Y.Doc()
  readonly whole: DocBoard
  readonly board: PagedBoard
  readonly diffs: BoardDiff[] = []
  readonly mirror = new Map<string, Shape>()
  #ids = 0

  constructor(client: number, page?: string) {
    this.doc.clientID = client
    this.whole = new DocBoard(this.doc)
    this.board = new PagedBoard(this.whole, () => `${client}-${this.#ids++}`, page)
    this.board.subscribe(diff => {
      this.diffs.push(diff)
      for (const [id, { before, after }] of diff.shapes) {
        expect(this.mirror.get(id)).toBe(before)
        if (after) this.mirror.set(id, after)
        else this.mirror.delete(id)
      }
    })
  }

  get control() {
    return this.board.control
  }

  get names() {
    return this.control.pages.map(({ name }) => name)
  }

  get ids() {
    return this.board.ordered.map(({ id }) => id)
  }

  draw(...ids: readonly string[]): void {
    this.board.transact(ids.map(id => ({ op: 'create', shape: box(id) })))
  }
}

function exchange(...peers: readonly Peer[]): void {
  const updates = peers.map(({ doc }) => Y.encodeStateAsUpdate(doc))
  for (const { doc } of peers) for (const update of updates) Y.applyUpdate(doc, update, 'network')
}

describe('a board without pages', () => {
  test('passes through as it is, and has one page', () => {
    const peer = new Peer(1)
    peer.draw('a')
    expect(peer.board.shapes).toBe(peer.whole.shapes)
    expect(peer.board.ordered).toBe(peer.whole.ordered)
    expect(peer.control.pages).toEqual([{ id: '', name: 'Page 1' }])
    expect(peer.board.shapes.get('a')?.page).toBe('')
  })
})

describe('pages', () => {
  test('what is drawn lies on the page that is shown, and is out of sight on others', () => {
    const peer = new Peer(1)
    peer.draw('a')
    const second = peer.control.add()
    expect(peer.control.page).toBe(second)
    expect(peer.names).toEqual(['Page 1', 'Page 2'])
    expect(peer.ids).toEqual([])
    peer.draw('b')
    expect(peer.ids).toEqual(['b'])
    peer.control.show('')
    expect(peer.ids).toEqual(['a'])
    expect(peer.control.pageOf('b')).toBe(second)
    expect(peer.control.pageOf('c')).toBeUndefined()
  })

  test('turning to another page is one diff that takes all shapes away and brings the others', () => {
    const peer = new Peer(1)
    peer.draw('a')
    peer.control.add()
    peer.draw('b')
    const turned: (readonly string[])[] = []
    peer.control.subscribe(() => turned.push(peer.ids))
    peer.diffs.length = 0
    peer.control.show('')
    const [diff] = peer.diffs
    expect(peer.diffs).toHaveLength(1)
    expect([...(diff?.shapes.keys() ?? [])].sort()).toEqual(['a', 'b'])
    expect(diff?.shapes.get('b')?.after).toBeUndefined()
    expect(turned).toEqual([['a']])
  })

  test('a change of another page tells of no shapes', () => {
    const peer = new Peer(1)
    peer.draw('a')
    peer.control.add()
    peer.diffs.length = 0
    peer.whole.transact([{ op: 'patch', id: 'a', patch: { pos: [5, 5] } }])
    expect(peer.diffs.map(({ shapes }) => shapes.size)).toEqual([0])
  })

  test('a name is one line within its limit; none calls the page by its number', () => {
    const peer = new Peer(1)
    const second = peer.control.add()
    peer.control.rename(second, '  Plans\nfor\u0000 May ')
    peer.control.rename('', 'x'.repeat(500))
    expect(peer.names).toEqual(['x'.repeat(100), 'Plans for  May'])
    peer.control.rename('', ' ')
    expect(peer.names).toEqual(['Page 1', 'Plans for  May'])
    peer.control.rename('nobody', 'x')
    expect(peer.names).toHaveLength(2)
  })

  test('a page is removed with what is on it, in one step that undo takes back, page and all', () => {
    const peer = new Peer(1)
    peer.draw('a')
    const second = peer.control.add()
    peer.draw('b', 'c')
    peer.control.remove(second)
    expect([peer.control.page, peer.ids, peer.names]).toEqual(['', ['a'], ['Page 1']])
    expect([...peer.whole.shapes.keys()]).toEqual(['a'])
    peer.board.undo()
    expect([peer.control.page, peer.ids]).toEqual([second, ['b', 'c']])
    peer.board.redo()
    expect([peer.control.page, peer.ids]).toEqual(['', ['a']])
  })

  test('the first page can be removed like others, and the last one that is left is emptied', () => {
    const peer = new Peer(1)
    peer.draw('a')
    const second = peer.control.add()
    peer.draw('b')
    peer.control.remove('')
    expect(peer.control.pages.map(({ id }) => id)).toEqual([second])
    expect(peer.ids).toEqual(['b'])
    peer.control.remove(second)
    expect(peer.control.pages.map(({ id }) => id)).toEqual([second])
    expect(peer.ids).toEqual([])
    peer.board.undo()
    peer.board.undo()
    peer.control.show('')
    expect(peer.ids).toEqual(['a'])
  })

  test('pages move, the first one too, and keep the names that they are called by', () => {
    const peer = new Peer(1)
    const second = peer.control.add()
    const third = peer.control.add()
    peer.control.move('', 2)
    expect(peer.control.pages.map(({ id }) => id)).toEqual([second, third, ''])
    expect(peer.names).toEqual(['Page 2', 'Page 3', 'Page 1'])
    peer.control.move(third, 0)
    expect(peer.control.pages.map(({ id }) => id)).toEqual([third, second, ''])
    peer.control.move(third, 9)
    expect(peer.control.pages.map(({ id }) => id)).toEqual([second, '', third])
  })

  test('a new page stands behind the one that is shown', () => {
    const peer = new Peer(1)
    const last = peer.control.add()
    peer.control.show('')
    const between = peer.control.add()
    expect(peer.control.pages.map(({ id }) => id)).toEqual(['', between, last])
  })

  test('a copy of a page has copies of all shapes, with frames, groups and bindings among themselves', () => {
    const peer = new Peer(1)
    peer.board.transact([
      { op: 'create', shape: makeShape('frame', { id: 'f', z: 'a0', pos: [0, 0], size: [500, 500] }) },
      { op: 'create', shape: box('a', { z: 'a1', frame: 'f', groups: ['g'] }) },
      { op: 'create', shape: box('b', { z: 'a2', frame: 'gone', groups: ['g'] }) },
      {
        op: 'create',
        shape: makeShape('arrow', {
          id: 'l',
          z: 'a3',
          pos: [0, 0],
          points: [0, 0, 9, 9],
          start: ['a', 0.5, 0.5],
        }),
      },
    ])
    const copy = peer.control.duplicate('')
    expect(peer.names).toEqual(['Page 1', 'Page 1 copy'])
    expect(peer.control.page).toBe(copy)
    const [frame, a, b, arrow] = peer.board.ordered
    expect(frame?.type).toBe('frame')
    expect(a?.frame).toBe(frame?.id)
    expect(b?.frame).toBe('')
    expect(a?.groups).toEqual(b?.groups)
    expect(a?.groups).not.toEqual(['g'])
    expect(arrow?.type === 'arrow' && arrow.start).toEqual([a?.id, 0.5, 0.5])
    peer.board.undo()
    expect([peer.control.page, peer.whole.shapes.size]).toEqual(['', 4])
  })

  test('shapes move to another page, with what lies in a frame among them', () => {
    const peer = new Peer(1)
    const second = peer.control.add()
    peer.control.show('')
    peer.board.transact([
      { op: 'create', shape: makeShape('frame', { id: 'f', z: 'a0', pos: [0, 0], size: [500, 500] }) },
      { op: 'create', shape: box('a', { frame: 'f' }) },
      { op: 'create', shape: box('b') },
    ])
    peer.control.take(['f'], second)
    expect(peer.ids).toEqual(['b'])
    peer.control.show(second)
    expect(peer.board.shapes.get('a')?.frame).toBe('f')
    peer.control.take(['a'], '')
    peer.control.show('')
    expect(peer.board.shapes.get('a')?.frame).toBe('')
    peer.control.take(['a'], 'no such page')
    expect(peer.ids.toSorted()).toEqual(['a', 'b'])
  })

  test('what names a page that is made along with it goes there, and what names no page to the one that is shown', () => {
    const peer = new Peer(1)
    const second = peer.control.add()
    peer.board.transact([
      { op: 'create', shape: makeShape('page', { id: 'p', z: 'a5', pos: [0, 0] }) },
      { op: 'create', shape: box('a', { page: 'p' }) },
      { op: 'create', shape: box('b', { page: 'nowhere' }) },
      { op: 'create', shape: box('c', { page: FIRST }) },
    ])
    expect(['a', 'b', 'c'].map(id => peer.control.pageOf(id))).toEqual(['p', second, ''])
  })

  test('undo shows the page whose shapes it changes', () => {
    const peer = new Peer(1)
    peer.draw('a')
    const second = peer.control.add()
    peer.draw('b')
    peer.control.show('')
    peer.board.undo()
    expect(peer.control.page).toBe(second)
    expect(peer.ids).toEqual([])
  })

  test('a page that is to be shown at first is, as soon as it is there', () => {
    const ana = new Peer(1)
    const second = ana.control.add()
    ana.draw('a')
    const ben = new Peer(2, second)
    expect(ben.control.page).toBe('')
    exchange(ana, ben)
    expect([ben.control.page, ben.ids]).toEqual([second, ['a']])
  })

  test('nothing changes on a read-only board but what is shown', () => {
    const peer = new Peer(1)
    const second = peer.control.add()
    peer.whole.lock('Only for looking at.')
    const before = peer.control.pages
    expect(peer.control.add()).toBe(second)
    peer.control.rename(second, 'x')
    peer.control.remove(second)
    peer.control.move(second, 0)
    expect(peer.control.pages).toBe(before)
    peer.control.show('')
    expect(peer.control.page).toBe('')
  })
})

describe('two people', () => {
  test('who draws on a page that another removes keeps what was drawn, and is shown the page beside it', () => {
    const ana = new Peer(1)
    const ben = new Peer(2)
    const second = ana.control.add()
    ana.draw('old')
    exchange(ana, ben)
    ben.control.show(second)
    ben.draw('new')
    ana.control.remove(second)
    exchange(ana, ben)
    for (const peer of [ana, ben]) {
      expect(peer.control.page).toBe('')
      expect(peer.ids).toEqual(['new'])
    }
  })

  test('both remove all pages but another: one is left, with what was drawn meanwhile', () => {
    const ana = new Peer(1)
    const ben = new Peer(2)
    const second = ana.control.add()
    exchange(ana, ben)
    ana.control.remove(second)
    ben.control.remove('')
    ben.draw('b')
    exchange(ana, ben)
    for (const peer of [ana, ben]) {
      expect(peer.control.pages).toHaveLength(1)
      expect(peer.ids).toEqual(['b'])
    }
  })

  test('whatever they do at once, they end with the same pages, each shape on one of them, as the diffs told', () => {
    const act = fc.record({
      who: fc.nat(1),
      what: fc.constantFrom(
        'add',
        'remove',
        'rename',
        'move',
        'duplicate',
        'draw',
        'take',
        'show',
        'undo',
        'redo',
        'meet',
      ),
      n: fc.nat(5),
      m: fc.nat(5),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), acts => {
        const peers = [new Peer(1), new Peer(2)] as const
        let drawn = 0
        for (const { who, what, n, m } of acts) {
          const peer = peers[who] as Peer
          const { control, board } = peer
          const page = control.pages[n % control.pages.length]?.id ?? ''
          if (what === 'add') control.add()
          if (what === 'remove') control.remove(page)
          if (what === 'rename') control.rename(page, `Name ${m}`)
          if (what === 'move') control.move(page, m)
          if (what === 'duplicate' && peer.whole.shapes.size < 200) control.duplicate(page)
          if (what === 'draw') peer.draw(`drawn ${drawn++}`)
          if (what === 'take')
            control.take(
              board.ordered.slice(0, m).map(({ id }) => id),
              page,
            )
          if (what === 'show') control.show(page)
          if (what === 'undo') board.undo()
          if (what === 'redo') board.redo()
          if (what === 'meet') exchange(...peers)
        }
        exchange(...peers)
        expect(peers[0].control.pages).toEqual(peers[1].control.pages)
        for (const peer of peers) expectWhole(peer)
      }),
      { numRuns: 60 },
    )
  })
})

/** Each shape is on one page, and what is shown is what the diffs told. */
function expectWhole({ whole, control, board, mirror }: Peer): void {
  const shown = new Map(board.shapes)
  expect(new Map(mirror)).toEqual(shown)
  expect(board.ordered.map(({ id }) => id)).toEqual(
    [...shown.values()].sort(compareOrder).map(({ id }) => id),
  )
  const pages = new Set(control.pages.map(({ id }) => id))
  expect(pages.has(control.page)).toBe(true)
  const figures = [...whole.shapes.values()].filter(({ type }) => type !== 'page')
  for (const { id } of figures) expect(pages).toContain(control.pageOf(id))
  expect([...shown.keys()].toSorted()).toEqual(
    figures
      .map(({ id }) => id)
      .filter(id => control.pageOf(id) === control.page)
      .toSorted(),
  )
}

test('who reads a board without pages sees what is on the page at the front', () => {
  const peer = new Peer(1)
  peer.draw('a')
  const second = peer.control.add()
  peer.draw('b')
  const front = () => frontPage(peer.whole.ordered).map(({ id }) => id)
  expect(front()).toEqual(['a'])
  peer.control.move(second, 0)
  expect(front()).toEqual(['b'])
})
