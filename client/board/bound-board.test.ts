import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { Arrow } from '../../shared/shapes/arrow.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { pathPoints } from '../../shared/shapes/path.ts'
import type { BoardDiff } from './board.ts'
import { BoundBoard } from './bound-board.ts'
import { DocBoard } from './doc-board.ts'
import { newDocument } from './document.ts'

const lineWidth = (line: string) => line.length * 0.5

const rect = (id: string, pos: Vec): KnownShape =>
  makeShape('rectangle', { id, z: `a${id.charCodeAt(0) - 96}`, pos, size: [100, 60] })

const link = (given: Partial<Arrow> = {}): KnownShape =>
  makeShape('arrow', {
    ...{ id: 'link', z: 'a5', pos: [106, 30], points: [0, 0, 188, 0] },
    ...{ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] },
    ...given,
  })

/** Two rectangles side by side, and an arrow from one to the other. */
const SCENE = [rect('a', [0, 0]), rect('b', [300, 0]), rect('c', [0, 500]), link()]

class Side {
  readonly doc = newDocument()
  readonly stored = new DocBoard(this.doc)
  readonly board = new BoundBoard(this.stored, lineWidth)
  readonly diffs: BoardDiff[] = []

  constructor(...shapes: readonly KnownShape[]) {
    this.board.subscribe(diff => this.diffs.push(diff))
    if (shapes.length > 0) this.board.transact(shapes.map(shape => ({ op: 'create', shape })))
  }

  get link(): Arrow {
    return this.board.shapes.get('link') as Arrow
  }

  get ends(): readonly (Vec | undefined)[] {
    const points = pathPoints(this.link)
    return [points[0], points.at(-1)]
  }

  get last(): BoardDiff {
    return this.diffs.at(-1) as BoardDiff
  }

  move(id: string, pos: Vec): void {
    this.board.transact([{ op: 'patch', id, patch: { pos } }])
  }

  remove(...ids: readonly string[]): void {
    this.board.transact(ids.map(id => ({ op: 'remove', id })))
  }

  takeFrom(other: Side): void {
    Y.applyUpdateV2(this.doc, Y.encodeStateAsUpdateV2(other.doc, Y.encodeStateVector(this.doc)))
  }

  /** The board as it would be if it were read anew. */
  isConsistent(): void {
    const anew = new BoundBoard(this.stored, lineWidth)
    expect([...this.board.ordered]).toEqual([...anew.ordered])
    expect(new Map(this.board.shapes)).toEqual(new Map(anew.shapes))
    for (const shape of this.board.ordered) expect(this.board.shapes.get(shape.id)).toBe(shape)
    anew.destroy()
  }
}

describe('a bound arrow', () => {
  test('follows what holds it, in the same diff', () => {
    const side = new Side(...SCENE)
    side.move('b', [300, 200])
    expect([...side.last.shapes.keys()].sort()).toEqual(['b', 'link'])
    const { before, after } = side.last.shapes.get('link') ?? {}
    expect(after).toBe(side.link)
    expect(before).not.toBe(after)
    expect(side.ends[1]?.[1]).toBeGreaterThan(150)
    side.isConsistent()
    side.board.undo()
    expect(side.ends).toEqual([
      [106, 30],
      [294, 30],
    ])
  })

  test('costs what does not concern it nothing: the diff and the other shapes are the very same', () => {
    const side = new Side(...SCENE)
    const { link: before } = side
    const stored: BoardDiff[] = []
    side.stored.subscribe(diff => stored.push(diff))
    side.move('c', [10, 500])
    expect(side.last.shapes).toBe(stored[0]?.shapes)
    expect(side.link).toBe(before)
    side.board.transact([{ op: 'patch', id: 'a', patch: { fill: '#ff0000' } }])
    expect([...side.last.shapes.keys()]).toEqual(['a'])
    expect(side.link).toBe(before)
    expect(side.board.shapes.get('a')).toBe(side.stored.shapes.get('a'))
  })

  test('stays where it is seen when its shape is removed, and an undo brings back both', () => {
    const side = new Side(...SCENE)
    side.move('b', [300, 200])
    const { ends } = side
    side.remove('b')
    expect(side.link).toMatchObject({ start: ['a', 0.5, 0.5], end: null })
    expect(side.ends[1]).toEqual(ends[1])
    side.board.undo()
    expect(side.link.end).toEqual(['b', 0.5, 0.5])
    expect(side.ends).toEqual(ends)
    side.board.redo()
    expect(side.board.shapes.has('b')).toBe(false)
    side.isConsistent()
  })

  test('goes with its shapes when all are removed', () => {
    const side = new Side(...SCENE)
    side.remove('a', 'b', 'link')
    expect([...side.board.shapes.keys()]).toEqual(['c'])
    side.board.undo()
    expect(side.link).toMatchObject({ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] })
    side.isConsistent()
  })

  test('falls back to its own points when another removed the shape without knowing of it', () => {
    const ana = new Side(...SCENE.filter(shape => shape.id !== 'link'))
    const ben = new Side()
    ben.takeFrom(ana)
    ana.board.transact([{ op: 'create', shape: link() }])
    ben.remove('b')
    ana.takeFrom(ben)
    ben.takeFrom(ana)
    expect(ana.ends).toEqual([
      [106, 30],
      [294, 30],
    ])
    expect(ben.link).toEqual(ana.link)
    ana.move('a', [0, 100])
    expect(ana.ends[1]).toEqual([294, 30])
    ana.isConsistent()
  })

  test('lets go when it is moved alone, and stays held when what holds it is moved along', () => {
    const side = new Side(...SCENE)
    side.move('link', [106, 80])
    expect(side.link).toMatchObject({ start: null, end: null, pos: [106, 80], points: [0, 0, 188, 0] })
    side.board.undo()
    side.board.transact([
      { op: 'patch', id: 'a', patch: { pos: [0, 50] } },
      { op: 'patch', id: 'link', patch: { pos: [106, 80] } },
    ])
    expect(side.link).toMatchObject({ start: ['a', 0.5, 0.5], end: null })
    side.isConsistent()
  })

  test('that was moved by its shapes is written as it was seen when it is moved itself', () => {
    const side = new Side(...SCENE)
    side.move('b', [500, 0])
    side.move('link', [side.link.pos[0], side.link.pos[1] + 40])
    expect(side.ends).toEqual([
      [106, 70],
      [494, 70],
    ])
  })

  test('keeps its other end when one is dragged away', () => {
    const side = new Side(...SCENE)
    side.board.transact([
      { op: 'patch', id: 'link', patch: { pos: [106, 30], points: [0, 0, 100, 200], rot: 0 } },
    ])
    expect(side.link).toMatchObject({ start: ['a', 0.5, 0.5], end: null })
  })

  test('is left behind by a shape that goes to another page, and goes along with all of them', () => {
    const side = new Side(...SCENE)
    side.board.transact([{ op: 'patch', id: 'b', patch: { page: 'second' } }])
    expect(side.link).toMatchObject({ start: ['a', 0.5, 0.5], end: null })
    side.board.undo()
    side.board.transact(['a', 'b', 'link'].map(id => ({ op: 'patch', id, patch: { page: 'second' } })))
    expect(side.link).toMatchObject({ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5], page: 'second' })
    side.board.undo()
    side.board.transact([{ op: 'patch', id: 'link', patch: { page: 'second' } }])
    expect(side.link).toMatchObject({ start: null, end: null })
    side.isConsistent()
  })

  test('that was an elbow keeps its ends alone when it becomes a line again', () => {
    const side = new Side(...SCENE)
    side.move('b', [300, 200])
    side.board.transact([{ op: 'patch', id: 'link', patch: { elbow: true } }])
    expect(pathPoints(side.link).length).toBeGreaterThan(2)
    side.move('link', [side.link.pos[0] + 10, side.link.pos[1]])
    expect(pathPoints(side.link).length).toBeGreaterThan(2)
    side.board.transact([{ op: 'patch', id: 'link', patch: { elbow: false } }])
    expect(pathPoints(side.link)).toHaveLength(2)
    side.isConsistent()
  })

  test('is measured anew with the fonts', () => {
    let scale = 0.5
    const side = new Side()
    const board = new BoundBoard(side.stored, line => line.length * scale)
    const text = makeShape('text', { id: 'b', z: 'a1', pos: [300, 0], text: 'letters' })
    side.board.transact([
      { op: 'create', shape: text },
      { op: 'create', shape: link({ start: null }) },
    ])
    const diffs: BoardDiff[] = []
    board.subscribe(diff => diffs.push(diff))
    scale = 2
    board.remeasure()
    expect(diffs.map(diff => [...diff.shapes.keys()])).toEqual([['link']])
    board.remeasure()
    expect(diffs).toHaveLength(1)
    board.destroy()
  })
})

test('passes on what is no change of a shape', () => {
  const side = new Side(...SCENE)
  side.board.transact([{ op: 'title', title: 'Plan' }])
  expect(side.board.title).toBe('Plan')
  side.stored.lock('Only to be read.')
  expect(side.board.readOnly).toBe('Only to be read.')
  expect(side.last.shapes.size).toBe(0)
  expect(() => side.remove('a')).toThrow('Only to be read.')
})

describe('two people', () => {
  const place = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }))
  const id = fc.constantFrom('a', 'b', 'c', 'link')
  const target = fc.constantFrom('a', 'b', 'c')
  const step = fc.oneof(
    fc.record({ do: fc.constant('move' as const), id, to: place }),
    fc.record({ do: fc.constant('remove' as const), id }),
    fc.record({ do: fc.constant('bind' as const), id: target, end: fc.constantFrom('start', 'end') }),
    fc.record({ do: fc.constant('undo' as const) }),
    fc.record({ do: fc.constant('elbow' as const), elbow: fc.boolean() }),
  )
  type Action = typeof step extends fc.Arbitrary<infer S> ? S : never

  function act(side: Side, action: Action): void {
    switch (action.do) {
      case 'move':
        return side.move(action.id, action.to)
      case 'remove':
        return side.remove(action.id)
      case 'bind':
        return side.board.transact([
          { op: 'patch', id: 'link', patch: { [action.end]: [action.id, 0.5, 0.5] } },
        ])
      case 'undo':
        return void side.board.undo()
      case 'elbow':
        return side.board.transact([{ op: 'patch', id: 'link', patch: { elbow: action.elbow } }])
    }
  }

  test('who move both shapes at once see the arrow right after the merge', () => {
    const ana = new Side(...SCENE)
    const ben = new Side()
    ben.takeFrom(ana)
    ana.move('a', [0, 100])
    ben.move('b', [300, 100])
    ana.takeFrom(ben)
    ben.takeFrom(ana)
    for (const side of [ana, ben])
      expect(side.ends).toEqual([
        [106, 130],
        [294, 130],
      ])
  })

  test('see the same board whatever they do, as if it were read anew', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), step, fc.boolean()), { maxLength: 15 }), steps => {
        const ana = new Side(...SCENE)
        const ben = new Side()
        ben.takeFrom(ana)
        for (const [isAna, action, merges] of steps) {
          act(isAna ? ana : ben, action)
          if (!merges) continue
          ana.takeFrom(ben)
          ben.takeFrom(ana)
        }
        ana.takeFrom(ben)
        ben.takeFrom(ana)
        ana.isConsistent()
        expect([...ben.board.ordered]).toEqual([...ana.board.ordered])
      }),
      { numRuns: 30 },
    )
  })
})
