import { describe, expect, test } from 'vitest'
import { centreOf } from '../../../shared/geometry/box.ts'
import { rotateAbout, type Vec } from '../../../shared/geometry/vec.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { type KnownShape, shapeBox } from '../../../shared/shapes/index.ts'
import { selectionFrame } from '../selection-frame.ts'
import { box, Rig } from '../testing/rig.ts'
import type { HandleName } from '../types.ts'

const handle = (rig: Rig, name: HandleName): Vec => {
  const found = selectionFrame(rig.editor)?.handles.find(each => each.name === name)
  if (!found) throw new Error(`There is no handle ${name}.`)
  return found.at
}

/** A corner of the shape as it is seen. */
const corner = (shape: KnownShape, u: number, w: number): Vec => {
  const b = shapeBox(shape, line => line.length * 0.5)
  return rotateAbout([b.x + u * b.w, b.y + w * b.h], centreOf(b), shape.rot)
}

describe('clicks', () => {
  test('a click selects the topmost shape, a click on nothing clears', () => {
    const rig = new Rig(box('low', { z: 'a0' }), box('high', { z: 'a1', pos: [50, 0] }))
    rig.click([75, 25])
    expect(rig.selection).toEqual(['high'])
    rig.click([25, 25])
    expect(rig.selection).toEqual(['low'])
    rig.click([400, 400])
    expect(rig.selection).toEqual([])
  })

  test('a shift-click adds a shape, and takes it out again', () => {
    const rig = new Rig(box('a'), box('b', { pos: [200, 0] }))
    rig.click([50, 25])
    rig.click([250, 25], { modifiers: { shift: true } })
    expect(rig.selection).toEqual(['a', 'b'])
    rig.click([50, 25], { modifiers: { shift: true } })
    expect(rig.selection).toEqual(['b'])
  })

  test('a click in a group selects the group, a double click goes one level deeper at a time', () => {
    const rig = new Rig(
      box('a', { groups: ['in', 'out'] }),
      box('b', { groups: ['in', 'out'], pos: [200, 0] }),
      box('c', { groups: ['out'], pos: [400, 0] }),
    )
    rig.click([50, 25])
    expect(rig.selection).toEqual(['a', 'b', 'c'])
    rig.click([50, 25], { clicks: 2 })
    expect(rig.selection).toEqual(['a', 'b'])
    rig.click([50, 25], { clicks: 2 })
    expect(rig.selection).toEqual(['a'])
    rig.click([250, 25])
    expect(rig.selection).toEqual(['b'])
    rig.click([450, 25])
    expect(rig.selection).toEqual(['c'])
    rig.click([600, 300])
    rig.click([450, 25])
    expect(rig.selection).toEqual(['a', 'b', 'c'])
  })

  test('a double click on a figure types its label, inside of an unfilled one too', () => {
    const rig = new Rig(box('a', { fill: 'transparent', size: [200, 200] }))
    rig.doubleClick([100, 100])
    expect(rig.editor.state.editing).toBe('a')
    rig.editor.text.type('hello')
    rig.editor.text.end()
    expect(rig.shape('rectangle').text).toBe('hello')
  })

  test('an unreadable shape is locked: no click, marquee or select-all takes it', () => {
    const rig = new Rig(box('a'))
    rig.doc.getMap('shapes').set('odd', 'no shape at all')
    expect(rig.board.shapes.get('odd')?.type).toBe('unreadable')
    rig.drag([-300, -300], [700, 500])
    expect(rig.selection).toEqual(['a'])
    rig.editor.run('select-all')
    expect(rig.selection).toEqual(['a'])
  })
})

describe('a marquee', () => {
  test('selects what it contains, not what it only touches', () => {
    const rig = new Rig(box('in', { pos: [10, 10] }), box('half', { pos: [180, 10] }))
    rig.drag([0, 0], [200, 100])
    expect(rig.selection).toEqual(['in'])
  })

  test('with shift adds to the selection', () => {
    const rig = new Rig(box('a'), box('b', { pos: [200, 0] }))
    rig.click([50, 25])
    rig.drag([190, -10], [310, 60], { modifiers: { shift: true } })
    expect(rig.selection).toEqual(['a', 'b'])
  })

  test('that is cancelled leaves the selection as it was', () => {
    const rig = new Rig(box('a'), box('b', { pos: [200, 0] }))
    rig.click([50, 25])
    rig.down([190, -10])
    rig.move([310, 60])
    expect(rig.selection).toEqual(['b'])
    rig.cancel()
    expect(rig.selection).toEqual(['a'])
    expect(rig.editor.state.preview).toBeNull()
  })
})

describe('a move', () => {
  test('starts after 4 pixels for a mouse and 6 for a finger', () => {
    const rig = new Rig(box('a'))
    rig.down([50, 25])
    rig.move([53, 25])
    expect(rig.editor.state.preview).toBeNull()
    rig.move([54, 25])
    expect(rig.editor.state.preview).toEqual({ kind: 'move', ids: ['a'], offset: [4, 0] })
    rig.cancel()
    rig.down([50, 25], { pointer: 'touch' })
    rig.move([55, 25])
    expect(rig.editor.state.preview).toBeNull()
  })

  test('commits once, when the pointer goes up, and undoes as one step', () => {
    const rig = new Rig(box('a'), box('b', { pos: [200, 0] }))
    let diffs = 0
    rig.board.subscribe(() => {
      diffs += 1
    })
    rig.editor.select(['a', 'b'])
    rig.drag([50, 25], [150, 75])
    expect(rig.shape('rectangle', 'a').pos).toEqual([100, 50])
    expect(rig.shape('rectangle', 'b').pos).toEqual([300, 50])
    expect(diffs).toBe(1)
    rig.editor.undo()
    expect(rig.shape('rectangle', 'a').pos).toEqual([0, 0])
    expect(rig.shape('rectangle', 'b').pos).toEqual([200, 0])
  })

  test('with shift keeps to the axis that was moved along more', () => {
    const rig = new Rig(box('a'))
    rig.drag([50, 25], [150, 45], { modifiers: { shift: true } })
    expect(rig.shape('rectangle').pos).toEqual([100, 0])
  })

  test('with alt leaves the shape and drops a copy, which is selected', () => {
    const rig = new Rig(box('a'))
    rig.drag([50, 25], [150, 25], { modifiers: { alt: true } })
    expect(rig.shapes.map(shape => shape.pos)).toEqual([
      [0, 0],
      [100, 0],
    ])
    expect(rig.selection).toEqual([rig.shapes[1]?.id])
  })

  test('from an empty place inside of the frame moves a selection of several', () => {
    const rig = new Rig(box('a'), box('b', { pos: [300, 0] }))
    rig.editor.select(['a', 'b'])
    rig.drag([200, 25], [200, 125])
    expect(rig.shapes.map(shape => shape.pos)).toEqual([
      [0, 100],
      [300, 100],
    ])
  })

  test('rounds to 1/64 of a world unit, and finer when zoomed in', () => {
    const rig = new Rig(box('a'))
    rig.drag([50, 25], [60.123456, 25])
    expect(rig.shape('rectangle').pos[0] * 64).toBe(Math.round(10.123456 * 64))
    rig.editor.look({ x: 0, y: 0, zoom: 30 })
    rig.drag([50, 25], [50.5 + 1 / 512, 25])
    const moved = rig.shape('rectangle').pos[0]
    expect(moved * 64).not.toBe(Math.round(moved * 64))
  })

  test('that ends where it began writes nothing', () => {
    const rig = new Rig(box('a'))
    rig.editor.select(['a'])
    rig.down([50, 25])
    rig.move([90, 25])
    rig.move([50, 25])
    rig.up([50, 25])
    rig.editor.undo()
    expect(rig.shapes).toEqual([])
  })

  test('of a shape that another person deletes meanwhile does not bring it back', () => {
    const rig = new Rig(box('a'), box('b', { pos: [200, 0] }))
    rig.editor.select(['a', 'b'])
    rig.down([50, 25])
    rig.move([90, 25])
    rig.doc.getMap('shapes').delete('a')
    expect(rig.selection).toEqual(['b'])
    expect(rig.editor.state.preview).toMatchObject({ ids: ['b'] })
    rig.up([90, 25])
    expect(rig.shapes.map(({ id, pos }) => [id, pos])).toEqual([['b', [240, 0]]])
  })
})

describe('a resize', () => {
  test('by a corner keeps the opposite corner, with alt the centre', () => {
    const rig = new Rig(box('a'))
    rig.editor.select(['a'])
    rig.drag([100, 50], [200, 150])
    expect(rig.shape('rectangle')).toMatchObject({ pos: [0, 0], size: [200, 150] })
    rig.drag([200, 150], [210, 160], { modifiers: { alt: true } })
    expect(rig.shape('rectangle')).toMatchObject({ pos: [-10, -10], size: [220, 170] })
  })

  test('with shift keeps the proportions', () => {
    const rig = new Rig(box('a'))
    rig.editor.select(['a'])
    rig.drag([100, 50], [200, 50], { modifiers: { shift: true } })
    expect(rig.shape('rectangle')).toMatchObject({ pos: [0, 0], size: [200, 100] })
  })

  test('pulled past the far side mirrors', () => {
    const rig = new Rig(box('a'))
    rig.editor.select(['a'])
    rig.drag([100, 50], [-60, 80])
    expect(rig.shape('rectangle')).toMatchObject({ pos: [-60, 0], size: [60, 80] })
  })

  test('to nothing keeps enough to be made larger again', () => {
    const rig = new Rig(box('a'))
    rig.editor.select(['a'])
    rig.drag([100, 50], [0, 0])
    expect(rig.shape('rectangle').size).toEqual([1, 1])
  })

  test.each([
    ['se', 0, 0],
    ['nw', 1, 1],
    ['ne', 0, 1],
    ['sw', 1, 0],
  ] as const)('by %s of a turned shape keeps the opposite corner where it is seen', (name, u, w) => {
    for (const rot of [0.3, 1, 2.5, -1.2]) {
      const rig = new Rig(box('a', { rot }))
      const before = corner(rig.shape('rectangle'), u, w)
      rig.editor.select(['a'])
      const [x, y] = handle(rig, name)
      const [dx, dy] = rotateAbout(
        [name.includes('e') ? 40 : -40, name.includes('s') ? 30 : -30],
        [0, 0],
        rot,
      )
      rig.drag([x, y], [x + dx, y + dy])
      const after = corner(rig.shape('rectangle'), u, w)
      expect(rig.shape('rectangle').size[0]).toBeCloseTo(140, 1)
      expect(rig.shape('rectangle').size[1]).toBeCloseTo(80, 1)
      expect(Math.hypot(after[0] - before[0], after[1] - before[1])).toBeLessThan(1 / 32)
    }
  })

  test('of a group scales every shape, and mirrors the rotation of turned ones', () => {
    const rig = new Rig(box('a'), box('b', { pos: [200, 0], rot: 0.5 }))
    rig.editor.select(['a', 'b'])
    const [x, y] = handle(rig, 'nw')
    const frame = selectionFrame(rig.editor)?.box ?? { x: 0, y: 0, w: 0, h: 0 }
    // The top left pulled over to the right by twice the width mirrors left and right at the same size.
    rig.drag([x, y], [x + 2 * frame.w, y])
    const b = rig.shape('rectangle', 'b')
    expect(b.rot).toBeCloseTo(-0.5)
    expect(b.size[0]).toBeCloseTo(100, 1)
    expect(rig.shape('rectangle', 'a').pos[0]).toBeGreaterThan(b.pos[0])
  })

  test('of a text by a corner scales its letters, by a side sets where its lines break', () => {
    const text = makeShape('text', { id: 't', z: 'a0', pos: [0, 0], text: 'some words', fontSize: 40 })
    const rig = new Rig(text)
    rig.editor.select(['t'])
    rig.drag([200, 50], [400, 100])
    expect(rig.shape('text')).toMatchObject({ fontSize: 80, wrap: 0 })
    rig.drag([400, 50], [250, 50])
    expect(rig.shape('text')).toMatchObject({ fontSize: 80, wrap: 250 })
  })
})

describe('a rotation', () => {
  test('with shift goes in steps of 15 degrees', () => {
    const rig = new Rig(box('a', { size: [100, 100] }))
    rig.editor.select(['a'])
    rig.drag(handle(rig, 'rotate'), [140, 60], { modifiers: { shift: true } })
    expect(rig.shape('rectangle').rot).toBeCloseTo(Math.PI / 2)
    expect(rig.shape('rectangle').pos).toEqual([0, 0])
  })

  test('of several turns them about the middle of all', () => {
    const rig = new Rig(box('a', { size: [100, 100] }), box('b', { pos: [200, 0], size: [100, 100] }))
    rig.editor.select(['a', 'b'])
    rig.drag(handle(rig, 'rotate'), [300, 50])
    expect(rig.shape('rectangle', 'a').pos).toEqual([100, -100])
    expect(rig.shape('rectangle', 'b').pos).toEqual([100, 100])
  })
})

describe('a point of a line', () => {
  const line = makeShape('line', { id: 'l', z: 'a0', pos: [0, 0], points: [0, 0, 100, 0] })

  test('follows the pointer, with shift in directions of 15 degrees, the other points kept', () => {
    const rig = new Rig(line)
    rig.editor.select(['l'])
    rig.drag([100, 0], [100, 90])
    expect(rig.shape('line')).toMatchObject({ pos: [0, 0], points: [0, 0, 100, 90] })
    rig.drag([100, 90], [101, 95], { modifiers: { shift: true } })
    const [, , x, y] = rig.shape('line').points as [number, number, number, number]
    expect(x).toBeCloseTo(y, 1)
  })

  test('of a turned line keeps the other point where it is seen', () => {
    const rig = new Rig({ ...line, rot: Math.PI / 2 })
    rig.editor.select(['l'])
    const still = handle(rig, 'p0')
    rig.drag(handle(rig, 'p1'), [80, 80])
    expect(rig.shape('line').rot).toBe(0)
    expect(handle(rig, 'p0')).toEqual(still)
    expect(handle(rig, 'p1')).toEqual([80, 80])
  })

  test('of a line that another person deletes meanwhile does not bring it back', () => {
    const rig = new Rig(line)
    rig.editor.select(['l'])
    rig.down([100, 0])
    rig.move([100, 50])
    rig.doc.getMap('shapes').delete('l')
    rig.move([100, 60])
    rig.up([100, 60])
    expect(rig.shapes).toEqual([])
    expect(rig.editor.state.preview).toBeNull()
  })
})
