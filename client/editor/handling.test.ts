import { describe, expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import { copyText, pasteText } from './actions.ts'
import { box, Rig } from './testing/rig.ts'

const apart = (id: string, x: number, given = {}) => box(id, { pos: [x, 0], ...given })

describe('the tool after a shape is done', () => {
  test('is select again, with the shape selected; locked, it stays, for a text as well', () => {
    const rig = new Rig()
    rig.editor.use('rectangle')
    rig.drag([0, 0], [50, 50])
    expect([rig.editor.state.tool, rig.selection.length]).toEqual(['select', 1])
    rig.editor.run('tool-lock')
    rig.editor.use('rectangle')
    rig.drag([100, 0], [150, 50])
    rig.drag([200, 0], [250, 50])
    expect([rig.editor.state.tool, rig.selection.length, rig.shapes.length]).toEqual(['rectangle', 1, 3])
    rig.editor.use('text')
    rig.click([400, 400])
    expect(rig.editor.state.editing).not.toBeNull()
    expect(rig.editor.state.tool).toBe('text')
  })
})

describe('undo', () => {
  test('brings back what was selected, and so does redo', () => {
    const rig = new Rig(apart('a', 0), apart('b', 200))
    rig.editor.select(['a', 'b'])
    rig.editor.run('delete')
    rig.editor.undo()
    expect(rig.selection).toEqual(['a', 'b'])
    rig.editor.select(['a'])
    rig.editor.run('nudge-left')
    rig.editor.select([])
    rig.editor.undo()
    expect(rig.selection).toEqual(['a'])
    rig.editor.redo()
    expect(rig.selection).toEqual([])
  })

  test('selects as it was before the first of several steps that are one', () => {
    const rig = new Rig(apart('a', 0), apart('b', 200))
    rig.editor.select(['a'])
    rig.editor.edit('a')
    rig.editor.text.type('h')
    rig.editor.text.type('hi')
    rig.editor.text.end()
    rig.editor.select(['b'])
    rig.editor.undo()
    expect([rig.selection, rig.shape('rectangle', 'a').text]).toEqual([['a'], ''])
  })
})

describe('in groups', () => {
  const nested = () =>
    new Rig(
      apart('a', 0, { groups: ['in', 'out'] }),
      apart('b', 200, { groups: ['in', 'out'] }),
      apart('c', 400, { groups: ['out'] }),
    )

  test('ctrl selects one shape, and adds one with shift', () => {
    const rig = nested()
    rig.click([50, 25], { modifiers: { ctrl: true } })
    expect(rig.selection).toEqual(['a'])
    rig.click([450, 25], { modifiers: { ctrl: true, shift: true } })
    expect(rig.selection).toEqual(['a', 'c'])
  })

  test('ctrl takes one shape out of a group that is selected, but drags all of it', () => {
    const rig = nested()
    rig.click([50, 25])
    rig.drag([50, 25], [60, 25], { modifiers: { ctrl: true } })
    expect(rig.shape('rectangle', 'c').pos).toEqual([410, 0])
    rig.click([60, 25], { modifiers: { ctrl: true } })
    expect(rig.selection).toEqual(['a'])
  })

  test('Esc steps out, group by group, then out of the selection, then out of the tool', () => {
    const rig = nested()
    rig.editor.select(['a'])
    const steps = Array.from({ length: 3 }, () => {
      rig.editor.escape()
      return rig.selection.join('')
    })
    expect(steps).toEqual(['ab', 'abc', ''])
    rig.editor.use('rectangle')
    rig.editor.escape()
    expect(rig.editor.state.tool).toBe('select')
  })
})

describe('Tab', () => {
  const page = () =>
    new Rig(
      apart('first', 0),
      apart('second', 150, { pos: [150, 10] }),
      apart('third', 0, { pos: [0, 100] }),
      apart('far', 0, { pos: [5000, 5000] }),
    )

  test('walks the shapes row by row, brings each into view, and begins anew after the last', () => {
    const rig = page()
    rig.editor.select(['first'])
    const walked = Array.from({ length: 4 }, () => {
      rig.editor.run('select-next')
      expect(rig.editor.seesContent()).toBe(true)
      return rig.selection.join()
    })
    expect(walked).toEqual(['second', 'third', 'far', 'first'])
    rig.editor.run('select-previous')
    expect(rig.selection).toEqual(['far'])
  })

  test('is left to the browser while nothing is selected and the pointer is elsewhere', () => {
    const rig = page()
    expect(rig.editor.canRun('select-next')).toBe(false)
    rig.move([700, 500])
    rig.editor.run('select-next')
    expect(rig.selection).toEqual(['first'])
    rig.editor.escape()
    rig.editor.leave()
    expect(rig.editor.canRun('select-previous')).toBe(false)
  })
})

describe('styles', () => {
  test('are copied from one shape to others, each taking the keys it has', () => {
    const rig = new Rig(
      apart('a', 0, { stroke: '#ff0000', fill: '#00ff00', dash: 'dotted' }),
      makeShape('text', { id: 't', z: 'a1', pos: [0, 100], text: 'hi' }),
      apart('b', 200),
    )
    expect(rig.editor.canRun('paste-style')).toBe(false)
    rig.editor.select(['a'])
    rig.editor.run('copy-style')
    rig.editor.select(['t', 'b'])
    rig.editor.run('paste-style')
    expect(rig.shape('rectangle', 'b')).toMatchObject({ stroke: '#ff0000', fill: '#00ff00', dash: 'dotted' })
    expect(rig.shape('text').stroke).toBe('#ff0000')
    rig.editor.undo()
    expect(rig.shape('text').stroke).not.toBe('#ff0000')
  })

  test('are given to shapes of another board through the clipboard, by their own keys and by a paste', async () => {
    const rig = new Rig(apart('a', 0, { stroke: '#ff0000', dash: 'dotted' }))
    rig.editor.select(['a'])
    rig.editor.run('copy-style')
    for (const paste of ['paste-style', 'paste']) {
      const other = new Rig(apart('b', 0))
      other.clipboardText = rig.clipboardText
      other.editor.select(['b'])
      other.editor.run(paste)
      await Promise.resolve()
      await Promise.resolve()
      expect(other.shape('rectangle')).toMatchObject({ stroke: '#ff0000', dash: 'dotted' })
      expect(other.shapes).toHaveLength(1)
      other.editor.undo()
      expect(other.shape('rectangle').dash).toBe('solid')
    }
  })

  test('of which a clipboard says what no shape can have, or that is no style, change nothing', async () => {
    for (const text of [
      'some words',
      '{"type":"driftboard/style"',
      '{"type":"driftboard/style","style":{"stroke":7,"width":-1,"id":"x"}}',
    ]) {
      const rig = new Rig(apart('b', 0))
      rig.clipboardText = text
      const before = rig.shapes
      rig.editor.select(['b'])
      rig.editor.run('paste-style')
      await Promise.resolve()
      await Promise.resolve()
      expect(rig.shapes).toEqual(before)
    }
  })
})

test('a paste in place goes where it was copied, on another board too, and is brought into view', () => {
  const rig = new Rig(apart('a', 3000))
  rig.editor.select(['a'])
  const text = copyText(rig.editor) ?? ''
  const other = new Rig()
  pasteText(other.editor, text, 'in place')
  expect(other.shape('rectangle').pos).toEqual([3000, 0])
  expect(other.editor.seesContent()).toBe(true)
  pasteText(other.editor, 'some words', 'in place')
  expect(other.shape('text').pos[0]).toBeGreaterThan(2000)
})

test('duplicate repeats the offset of a copy that was dragged off with alt', () => {
  const rig = new Rig(box('a', { groups: ['g'] }), box('b', { pos: [0, 100], z: 'a1', groups: ['g'] }))
  rig.editor.select(['a', 'b'])
  rig.drag([50, 25], [250, 45], { modifiers: { alt: true } })
  rig.editor.run('duplicate')
  rig.editor.run('duplicate')
  const places = rig.shapes.map(shape => shape.type === 'rectangle' && shape.pos)
  expect(places.slice(2)).toEqual([
    [200, 20],
    [200, 120],
    [400, 40],
    [400, 140],
    [600, 60],
    [600, 160],
  ])
  rig.editor.undo()
  rig.editor.undo()
  rig.editor.undo()
  expect(rig.shapes.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('a key turns the selection by steps about its middle, which does not wander, in one undo step while it is held', () => {
  const rig = new Rig(box('a'), box('b', { pos: [300, 0], z: 'a1' }))
  rig.editor.select(['a', 'b'])
  for (let i = 0; i < 24; i++) rig.editor.run('rotate-right')
  for (const [id, x] of [
    ['a', 0],
    ['b', 300],
  ] as const) {
    const { pos, rot } = rig.shape('rectangle', id)
    expect(pos[0]).toBeCloseTo(x, 0)
    expect(pos[1]).toBeCloseTo(0, 0)
    expect(rot).toBeCloseTo(0, 6)
  }
  rig.editor.run('rotate-left')
  expect(rig.shape('rectangle', 'a').rot).toBeCloseTo(-Math.PI / 12, 6)
  rig.editor.undo()
  expect(rig.shapes).toMatchObject([
    { pos: [0, 0], rot: 0 },
    { pos: [300, 0], rot: 0 },
  ])
})
