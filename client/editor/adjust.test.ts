import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centreOf } from '../../shared/geometry/box.ts'
import { distance, rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { type Bubble, bubbleTip } from '../../shared/shapes/bubble.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'
import { pathPolyline } from '../../shared/shapes/path.ts'
import { type Table, tableLayout } from '../../shared/shapes/table.ts'
import { parsePresence } from './presence-state.ts'
import { previewShapes } from './preview.ts'
import { borderDragged } from './table-borders.ts'
import { box, Rig } from './testing/rig.ts'

const lineWidth = (line: string) => line.length * 0.5

const table = (given: Partial<Table> = {}): Table =>
  makeShape('table', { id: 't', z: 'a0', pos: [0, 0], size: [300, 150], text: 'a\tb\tc\nd\te\tf', ...given })

const bubble = (given: Partial<Bubble> = {}): Bubble =>
  makeShape('bubble', { id: 'b', z: 'a0', pos: [0, 0], size: [200, 100], fill: '#ffffff', ...given })

const linesOf = (shape: Table, which: 'xs' | 'ys' = 'xs') =>
  tableLayout(shape, lineWidth)[which].map(n => Math.round(n * 100) / 100)

const selected = (...shapes: readonly KnownShape[]): Rig => {
  const rig = new Rig(...shapes)
  rig.editor.select([shapes[0]?.id ?? ''])
  return rig
}

/** What others see of the gesture in progress. */
const seenByOthers = (rig: Rig, id: string) => {
  const sent = JSON.parse(JSON.stringify(rig.editor.outgoingPresence({ name: 'Ana', colour: '#123456' })))
  const preview = parsePresence(sent)?.preview
  return previewShapes(preview as Parameters<typeof previewShapes>[0], rig.bound, lineWidth).get(id)
}

describe('a border in a table', () => {
  test('between columns is dragged, which gives one what it takes from the other, live for others, in one undo step', () => {
    const rig = selected(table())
    rig.move([100, 30])
    expect(rig.editor.state.cursor).toBe('col-resize')
    rig.down([100, 30])
    rig.move([140, 35])
    expect(linesOf(seenByOthers(rig, 't') as Table)).toEqual([0, 140, 200, 300])
    expect(rig.shape('table').columns).toEqual([])
    rig.up([140, 35])
    expect(linesOf(rig.shape('table'))).toEqual([0, 140, 200, 300])
    expect(rig.shape('table').size).toEqual([300, 150])
    rig.editor.undo()
    expect(rig.shape('table')).toMatchObject({ columns: [], size: [300, 150] })
  })

  test('below a row makes that higher, and the table with it, but never lower than its text', () => {
    const rig = selected(table())
    rig.move([20, 75])
    expect(rig.editor.state.cursor).toBe('row-resize')
    rig.drag([20, 75], [20, 135])
    expect(linesOf(rig.shape('table'), 'ys')).toEqual([0, 135, 210])
    rig.drag([20, 210], [20, -500])
    const { needed } = tableLayout(rig.shape('table'), lineWidth)
    expect(linesOf(rig.shape('table'), 'ys')).toEqual([0, 135, 135 + (needed[1] ?? 0)])
  })

  test('is taken by a finger from further away, and a cancelled drag leaves no trace', () => {
    const rig = selected(table())
    rig.drag([109, 30], [149, 30], { pointer: 'touch' })
    expect(rig.shape('table').columns).toHaveLength(3)
    rig.editor.undo()
    rig.down([100, 30])
    rig.move([150, 30])
    rig.cancel()
    expect(rig.shape('table').columns).toEqual([])
    expect(rig.editor.state.preview).toBeNull()
  })

  test('is no border of a table that is locked, or selected with others, nor where there is a corner', () => {
    for (const rig of [selected(table({ locked: true })), selected(table(), box('x', { pos: [0, 400] }))]) {
      if (!rig.shape('table').locked) rig.editor.select(['t', 'x'])
      rig.move([100, 30])
      expect(rig.editor.state.cursor).not.toBe('col-resize')
      rig.drag([100, 30], [150, 30])
      expect(rig.shape('table').columns).toEqual([])
    }
    const rig = selected(table())
    rig.drag([300, 150], [360, 150])
    expect(rig.shape('table').columns).toEqual([])
  })

  test('stays under the pointer on a turned table, whose corner stays where it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.integer({ min: -60, max: 200 }),
        fc.constantFrom(0 as const, 1 as const),
        (rot, by, axis) => {
          const before = table({ rot })
          const offset = rotateAbout(axis === 0 ? [by, 0] : [0, by], [0, 0], rot)
          const after = { ...before, ...borderDragged(before, { axis, index: 0 }, offset, lineWidth) }
          const corner = (shape: Table): Vec =>
            rotateAbout(shape.pos, centreOf(shapeBox(shape, lineWidth)), shape.rot)
          expect(distance(corner(before), corner(after))).toBeLessThan(1e-6)
          const { xs, ys } = tableLayout(after, lineWidth)
          if (axis === 0) expect(xs[1]).toBeCloseTo(Math.max(40, Math.min(160, 100 + by)), 1)
          else expect(ys[1]).toBeCloseTo(Math.max(41, 75 + by), 1)
        },
      ),
    )
  })

  test('that was dragged keeps its rows when one is added and removed', () => {
    const rig = selected(table())
    rig.drag([20, 75], [20, 135])
    rig.editor.run('table-add-row')
    expect(linesOf(rig.shape('table'), 'ys')).toEqual([0, 135, 210, 315])
    rig.editor.run('table-remove-row')
    expect(linesOf(rig.shape('table'), 'ys')).toEqual([0, 135, 210])
  })
})

describe('the tail of a bubble', () => {
  test('is dragged by its tip, live for others, and undo takes it back', () => {
    const rig = selected(bubble())
    expect(rig.shownFrame()?.handles).toContainEqual({ name: 'tip', at: [32, 100] })
    rig.down([32, 100])
    rig.move([300, 60])
    expect(bubbleTip(seenByOthers(rig, 'b') as Bubble)).toEqual([300, 60])
    rig.up([300, 60])
    expect(rig.shape('bubble').tip).toEqual([1.5, 0.6])
    expect(shapeBox(rig.shape('bubble'), lineWidth)).toEqual({ x: 0, y: 0, w: 300, h: 80 })
    rig.editor.undo()
    expect(rig.shape('bubble').tip).toBeNull()
  })

  test('follows the pointer on a bubble that is turned and mirrored, which stays where it is', () => {
    const [rot, to] = [0.7, [260, -40]] as const
    const rig = selected(bubble({ rot, flip: [true, false] }))
    const corner = () => {
      const shape = rig.shape('bubble')
      return rotateAbout(shape.pos, centreOf(shapeBox(shape, lineWidth)), rot)
    }
    const before = corner()
    const tip = rig.shownFrame()?.handles.find(({ name }) => name === 'tip')?.at as Vec
    rig.drag(tip, to)
    const shape = rig.shape('bubble')
    const now = rotateAbout(bubbleTip(shape), centreOf(shapeBox(shape, lineWidth)), rot)
    expect(distance(now, to)).toBeLessThan(0.1)
    expect(distance(corner(), before)).toBeLessThan(0.1)
  })
})

describe('the middle of an elbow', () => {
  const linked = () =>
    selected(
      makeShape('arrow', {
        ...{ id: 'arrow', z: 'a1', pos: [100, 25], points: [0, 0, 200, 100], elbow: true },
        ...{ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] },
      }),
      box('a'),
      box('b', { pos: [300, 200] }),
    )
  const line = (rig: Rig) => pathPolyline(rig.shape('arrow')).map(([x, y]) => [Math.round(x), Math.round(y)])

  test('is dragged across, live for others, follows the shapes that hold it, and goes back by undo', () => {
    const rig = linked()
    const middle = rig.shownFrame()?.handles.find(({ name }) => name === 'm0')?.at as Vec
    expect(middle).toEqual([200, 125])
    rig.down(middle)
    rig.move([240, 130])
    expect(pathPolyline(seenByOthers(rig, 'arrow') as never).map(([x]) => Math.round(x))).toEqual([
      106, 240, 240, 294,
    ])
    rig.up([240, 130])
    const bent = [
      [106, 25],
      [240, 25],
      [240, 225],
      [294, 225],
    ]
    expect(line(rig)).toEqual(bent)
    expect(rig.shape('arrow')).toMatchObject({ bend: [40, 0], start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] })
    rig.board.transact([{ op: 'patch', id: 'b', patch: { pos: [400, 200] } }])
    expect(line(rig).map(([x]) => x)).toEqual([106, 290, 290, 394])
    rig.editor.undo()
    rig.editor.undo()
    expect(line(rig).map(([x]) => x)).toEqual([106, 200, 200, 294])
  })

  test('stays between its shapes, and comes to rest where it would run by itself', () => {
    const rig = linked()
    rig.drag([200, 125], [900, 125])
    expect(line(rig).map(([x]) => x)).toEqual([106, 250, 250, 294])
    const middle = rig.shownFrame()?.handles.find(({ name }) => name === 'm0')?.at as Vec
    rig.drag(middle, [203, 125])
    expect(rig.shape('arrow').bend).toEqual([0, 0])
  })

  test('of one that nothing holds may lie beyond its ends, and is mirrored with it', () => {
    const rig = selected(
      makeShape('arrow', { id: 'arrow', z: 'a1', pos: [0, 0], points: [0, 0, 200, 100], elbow: true }),
    )
    rig.drag([100, 50], [260, 50])
    expect(line(rig).map(([x]) => x)).toEqual([0, 260, 260, 200])
    rig.editor.run('flip-h')
    expect(line(rig).map(([x]) => x)).toEqual([260, 0, 0, 60])
  })
})
