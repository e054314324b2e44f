import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Box, boxesMeet, unionOf } from '../../shared/geometry/box.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { type Alignment, aligned, distributed, packed, stacked, type Unit } from './arrangement.ts'
import { box, Rig } from './testing/rig.ts'

const ALIGNMENTS: readonly Alignment[] = ['left', 'centre', 'right', 'top', 'middle', 'bottom']

const number = fc.integer({ min: -500, max: 500 })
const side = fc.integer({ min: 1, max: 200 })
const units: fc.Arbitrary<readonly Unit[]> = fc.array(
  fc.record({ x: number, y: number, w: side, h: side }).map(place => ({ box: place, shapes: [] })),
  { minLength: 1, maxLength: 12 },
)

const after = (moves: ReturnType<typeof aligned>): readonly Box[] =>
  moves.map(({ unit, by }) => ({ ...unit.box, x: unit.box.x + by[0], y: unit.box.y + by[1] }))

const round = (n: number) => Math.round(n * 1e6) / 1e6 + 0

test('alignment brings one side of all onto one line, within the box that was around them', () => {
  const line: { readonly [A in Alignment]: (box: Box) => number } = {
    left: b => b.x,
    centre: b => b.x + b.w / 2,
    right: b => b.x + b.w,
    top: b => b.y,
    middle: b => b.y + b.h / 2,
    bottom: b => b.y + b.h,
  }
  fc.assert(
    fc.property(units, fc.constantFrom(...ALIGNMENTS), (all, how) => {
      const before = unionOf(all.map(unit => unit.box)) as Box
      const boxes = after(aligned(all, how))
      expect(new Set(boxes.map(b => round(line[how](b)))).size).toBe(1)
      expect(round(line[how](boxes[0] as Box))).toBe(round(line[how](before)))
    }),
  )
})

test('distribution makes gaps equal and moves neither the first nor the last', () => {
  fc.assert(
    fc.property(units, fc.constantFrom('x' as const, 'y' as const), (all, axis) => {
      const moves = distributed(all, axis)
      fc.pre(all.length > 2)
      const length = (b: Box) => (axis === 'x' ? b.w : b.h)
      const boxes = after(moves)
      const gaps = boxes
        .slice(1)
        .map((b, i) => round(b[axis] - (boxes[i] as Box)[axis] - length(boxes[i] as Box)))
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(1e-5)
      expect(moves[0]?.by).toEqual([0, 0])
      expect(moves.at(-1)?.by.map(round)).toEqual([0, 0])
    }),
  )
})

test('a stack and rows let nothing overlap, and begin where all began', () => {
  fc.assert(
    fc.property(units, all => {
      const before = unionOf(all.map(unit => unit.box)) as Box
      for (const arrange of [packed, (u: readonly Unit[]) => stacked(u, 'x')]) {
        const boxes = after(arrange(all))
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1)) expect(boxesMeet(a, b)).toBe(false)
        expect((unionOf(boxes) as Box).x).toBe(before.x)
      }
      expect((unionOf(after(packed(all))) as Box).y).toBe(before.y)
    }),
  )
})

describe('commands', () => {
  const pos = (rig: Rig) => rig.shapes.map(shape => [shape.id, ...shape.pos].join(' ')).sort()

  test('a group is aligned as one, and undo takes it back in one step', () => {
    const rig = new Rig(
      box('a', { pos: [0, 0], groups: ['g'] }),
      box('b', { pos: [50, 100], groups: ['g'] }),
      box('c', { pos: [300, 40] }),
    )
    rig.editor.run('select-all')
    const before = pos(rig)
    rig.editor.run('align-left')
    expect(pos(rig)).toEqual(['a 0 0', 'b 50 100', 'c 0 40'])
    rig.editor.undo()
    expect(pos(rig)).toEqual(before)
  })

  test('a single group has nothing to align; from inside it, its shapes have', () => {
    const rig = new Rig(box('a', { groups: ['g'] }), box('b', { groups: ['g'], pos: [20, 90] }), box('c'))
    rig.editor.select(['a', 'b'])
    expect(rig.editor.canRun('align-left')).toBe(false)
    expect(rig.editor.canRun('flip-h')).toBe(true)
    const other = new Rig(
      ...['a', 'b', 'c'].map((id, i) => box(id, { groups: ['g'], pos: [i * 10, i * 60] })),
    )
    other.editor.select(['a', 'b'])
    other.editor.run('align-left')
    expect(pos(other)).toEqual(['a 0 0', 'b 0 60', 'c 20 120'])
  })

  test('what lies in a frame goes with it', () => {
    const rig = new Rig(
      makeShape('frame', { id: 'f', z: 'a0', pos: [100, 0], size: [200, 200], name: 'F' }),
      box('in', { pos: [120, 20], frame: 'f', z: 'a1' }),
      box('out', { pos: [0, 300], z: 'a2' }),
    )
    rig.editor.select(['f', 'in', 'out'])
    rig.editor.run('align-left')
    expect(pos(rig)).toEqual(['f 0 0', 'in 20 20', 'out 0 300'])
  })

  test('a flip mirrors places and turns, keeps letters, and flipping again restores all', () => {
    const rig = new Rig(
      box('a', { pos: [0, 0], rot: 0.5 }),
      box('b', { pos: [300, 0] }),
      makeShape('line', { id: 'l', z: 'a1', pos: [0, 100], points: [0, 0, 50, 30] }),
      makeShape('text', { id: 't', z: 'a2', pos: [200, 100], text: 'words' }),
    )
    rig.editor.run('select-all')
    const before = rig.shapes
    rig.editor.run('flip-h')
    expect(rig.shape('rectangle', 'a').rot).toBe(-0.5)
    expect(rig.shape('rectangle', 'a').pos[0]).toBeGreaterThan(rig.shape('rectangle', 'b').pos[0])
    expect(rig.shape('text').text).toBe('words')
    rig.editor.run('flip-h')
    for (const shape of before) {
      const now = rig.board.shapes.get(shape.id)
      expect(now?.rot).toBe(shape.rot)
      expect(now?.pos[0]).toBeCloseTo(shape.pos[0], 1)
      expect(now?.pos[1]).toBe(shape.pos[1])
    }
  })
})
