import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../shared/schema/limits.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { inkKeys } from '../../shared/shapes/ink.ts'
import { copyText, cutText, pasteText } from './actions.ts'
import { box, Rig } from './testing/rig.ts'

const ids = (rig: Rig) => rig.shapes.map(shape => shape.id)

describe('order', () => {
  const stack = () =>
    new Rig(
      ...['a', 'b', 'c', 'd'].map((id, i) => box(id, { z: `a${i}` })),
      box('far', { z: 'a4', pos: [900, 0] }),
    )

  test.each([
    ['order-to-front', 'acdfarb'],
    ['order-to-back', 'bacdfar'],
    ['order-forward', 'acbdfar'],
    ['order-backward', 'bacdfar'],
  ])('%s turns abcd and a distant shape into %s when b is selected', (command, expected) => {
    const rig = stack()
    rig.editor.select(['b'])
    rig.editor.run(command)
    expect(ids(rig).join('')).toBe(expected)
  })

  test('forward goes past the next shape that overlaps, and stops when there is none', () => {
    const rig = stack()
    rig.editor.select(['d'])
    rig.editor.run('order-forward')
    expect(ids(rig).join('')).toBe('abcdfar')
  })

  test('keeps the order among several, however many there are, with keys that fit', () => {
    const many = Array.from({ length: 2000 }, (_, i) => box(`s${String(i).padStart(4, '0')}`, { z: 'a1' }))
    const rig = new Rig(box('low', { z: 'a0' }), ...many, box('top', { z: 'a2' }), box('over', { z: 'a3' }))
    rig.editor.select(many.map(shape => shape.id))
    rig.editor.run('order-forward')
    expect(ids(rig)).toEqual(['low', 'top', ...many.map(shape => shape.id), 'over'])
    for (const shape of rig.shapes) expect(shape.z.length).toBeLessThanOrEqual(LIMITS.orderKeyLength)
  })

  test('never fails for want of room: a key as long as a document takes does not stop anybody from drawing', () => {
    const rig = new Rig(box('hostile', { z: 'z'.repeat(LIMITS.orderKeyLength) }))
    rig.editor.use('rectangle')
    rig.drag([300, 300], [400, 400])
    expect(rig.shapes).toHaveLength(2)
  })
})

describe('groups', () => {
  test('group and ungroup are each other undone, inside of an outer group too', () => {
    const rig = new Rig(
      box('a', { groups: ['out'] }),
      box('b', { groups: ['out'] }),
      box('c', { groups: ['out'] }),
    )
    rig.editor.select(['a', 'b'])
    rig.editor.run('group')
    const [inner] = rig.shape('rectangle', 'a').groups
    expect(rig.shape('rectangle', 'b').groups).toEqual([inner, 'out'])
    expect(rig.shape('rectangle', 'c').groups).toEqual(['out'])
    rig.editor.run('ungroup')
    expect(rig.shape('rectangle', 'a').groups).toEqual(['out'])
  })

  test('a group cannot be grouped by itself, nor deeper than a document takes', () => {
    const rig = new Rig(box('a', { groups: ['g'] }), box('b', { groups: ['g'] }))
    rig.editor.run('select-all')
    expect(rig.editor.canRun('group')).toBe(false)
    const deep = Array.from({ length: LIMITS.groupDepth }, (_, i) => `g${i}`)
    const other = new Rig(box('a', { groups: deep }), box('b'))
    other.editor.run('select-all')
    expect(other.editor.canRun('group')).toBe(false)
  })
})

describe('the clipboard', () => {
  const shapes = () => [
    box('a', { groups: ['g'], text: 'label', rot: 0.5 }),
    makeShape('ink', {
      id: 'i',
      z: 'a1',
      groups: ['g'],
      ...inkKeys({
        points: [
          [0, 0],
          [30, 40],
        ],
        pressures: [0.2, 1],
      }),
    }),
  ]

  test('carries every shape to another board, in its order, with fresh ids and groups', () => {
    const from = new Rig(...shapes())
    from.editor.run('select-all')
    const text = copyText(from.editor) as string
    const to = new Rig(box('there'))
    pasteText(to.editor, text, [500, 500])
    const [, a, i] = to.shapes
    const strip = (shape: object | undefined) => ({ ...shape, id: '', z: '', pos: [], groups: [] })
    expect([a, i].map(strip)).toEqual(shapes().map(strip))
    expect(a?.groups).toEqual(i?.groups)
    expect(a?.groups).not.toEqual(['g'])
    expect(to.selection).toEqual([a?.id, i?.id].sort())
    expect(to.shownFrame()?.box.x).toBeLessThan(500)
    to.editor.undo()
    expect(ids(to)).toEqual(['there'])
  })

  test('pastes any other text as a text, in several shapes where one cannot hold it', () => {
    const rig = new Rig()
    pasteText(rig.editor, 'hello\r\nthere')
    expect(rig.shape('text').text).toBe('hello\nthere')
    const long = new Rig()
    pasteText(long.editor, 'x'.repeat(LIMITS.textLength + 5))
    expect(long.shapes.map(shape => shape.type === 'text' && shape.text.length)).toEqual([
      LIMITS.textLength,
      5,
    ])
  })

  test('leaves out what this version cannot read, and says how much', () => {
    const rig = new Rig()
    const good = { type: 'rectangle', pos: [0, 0], size: [5, 5], z: 'a0' }
    const bad = [{ type: 'hologram' }, { ...good, pos: [1e300, 0] }, { type: 'ink', ink: '!!', pos: [0, 0] }]
    const text = JSON.stringify({ type: 'driftboard/shapes', shapes: [good, ...bad] })
    expect(pasteText(rig.editor, text)).toMatchObject({ unreadable: 3 })
    expect(rig.shapes).toHaveLength(1)
  })

  test('cut removes what it copied, and pastes back', () => {
    const rig = new Rig(...shapes())
    rig.editor.run('select-all')
    const text = cutText(rig.editor) as string
    expect(rig.shapes).toEqual([])
    pasteText(rig.editor, text)
    expect(rig.shapes).toHaveLength(2)
  })
})

describe('the clipboard commands of the menus', () => {
  test('cut and paste by the system clipboard', async () => {
    const rig = new Rig(box('a'))
    rig.editor.select(['a'])
    rig.editor.run('cut')
    await expect.poll(() => rig.shapes).toEqual([])
    rig.editor.run('paste')
    await expect.poll(() => rig.shapes).toHaveLength(1)
  })

  test('cut removes nothing that the clipboard did not take', async () => {
    const rig = new Rig(box('a'), box('b'))
    rig.editor.select(['a'])
    rig.clipboardText = null
    rig.editor.run('cut')
    rig.editor.select(['b'])
    rig.clipboardText = ''
    rig.editor.run('cut')
    await expect.poll(() => ids(rig)).toEqual(['a'])
  })
})

test('duplicate repeats the offset to which the last copy was moved', () => {
  const rig = new Rig(box('a'))
  rig.editor.select(['a'])
  rig.editor.run('duplicate')
  rig.drag([60, 40], [60 + 100, 40])
  rig.editor.run('duplicate')
  expect(rig.shapes.map(shape => shape.pos)).toEqual([
    [0, 0],
    [116, 16],
    [232, 32],
  ])
})

test('duplicating one of a group keeps the copy in the group, duplicating all of it makes another group', () => {
  const rig = new Rig(box('a', { groups: ['g'] }), box('b', { groups: ['g'] }))
  rig.editor.select(['a'])
  rig.editor.run('duplicate')
  expect(rig.shapes.at(-1)?.groups).toEqual(['g'])
  rig.editor.select(['a', 'b', rig.shapes.at(-1)?.id as string])
  rig.editor.run('duplicate')
  const copied = rig.shapes.slice(3).map(shape => shape.groups[0])
  expect(new Set(copied).size).toBe(1)
  expect(copied[0]).not.toBe('g')
})

test('nudges in quick succession are one undo step, later ones another', () => {
  const rig = new Rig(box('a'))
  rig.editor.select(['a'])
  for (let i = 0; i < 5; i++) {
    rig.time += 30
    rig.editor.run('nudge-right')
  }
  rig.time += 5000
  rig.editor.run('nudge-down-far')
  expect(rig.shape('rectangle').pos).toEqual([5, 10])
  rig.editor.run('undo')
  expect(rig.shape('rectangle').pos).toEqual([5, 0])
  rig.editor.run('undo')
  expect(rig.shape('rectangle').pos).toEqual([0, 0])
})

test('the style goes to what is selected, each shape taking the keys it has, and to the next shape', () => {
  const rig = new Rig(box('a'), makeShape('line', { id: 'l', z: 'a1', pos: [0, 100], points: [0, 0, 50, 0] }))
  rig.editor.run('select-all')
  rig.editor.setStyle({ stroke: '#ff0000', corner: 5 })
  expect(rig.shape('rectangle')).toMatchObject({ stroke: '#ff0000', corner: 5 })
  expect(rig.shape('line')).toMatchObject({ stroke: '#ff0000' })
  expect(rig.shape('line')).not.toHaveProperty('corner')
  rig.editor.run('undo')
  expect(rig.shape('rectangle').stroke).toBe('#1e1e1e')
  expect(rig.editor.state.style.stroke).toBe('#ff0000')
})

test('Esc ends the gesture first, then the selection, then the tool', () => {
  const rig = new Rig(box('a'))
  rig.editor.select(['a'])
  rig.down([50, 25])
  rig.move([90, 90])
  rig.editor.run('escape')
  expect(rig.editor.state.preview).toBeNull()
  rig.up([90, 90])
  expect(rig.shape('rectangle').pos).toEqual([0, 0])
  expect(rig.selection).toEqual(['a'])
  rig.editor.run('escape')
  expect(rig.selection).toEqual([])
  rig.editor.use('ink')
  rig.editor.run('escape')
  expect(rig.editor.state.tool).toBe('select')
})

test('the space bar borrows the hand in the middle of nothing, and gives the tool back', () => {
  const rig = new Rig(box('a'))
  rig.editor.use('rectangle')
  expect(rig.editor.borrow('hand')).toBe(true)
  rig.down([0, 0])
  rig.move([50, 50])
  rig.up([50, 50])
  rig.editor.giveBack()
  expect(rig.editor.state).toMatchObject({
    tool: 'rectangle',
    cursor: 'crosshair',
    camera: { x: -50, y: -50 },
  })
  expect(rig.shapes).toHaveLength(1)
  rig.down([0, 0])
  expect(rig.editor.borrow('hand')).toBe(false)
})

test('subscribers are told once per event, however much it changes', () => {
  const rig = new Rig()
  let told = 0
  rig.editor.subscribe(() => {
    told += 1
  })
  rig.editor.use('rectangle')
  rig.down([0, 0])
  rig.move([50, 50])
  told = 0
  rig.up([50, 50])
  expect(told).toBe(1)
  rig.move([400, 400])
  const state = rig.editor.state
  told = 0
  rig.move([401, 400])
  expect(told).toBe(0)
  expect(rig.editor.state).toBe(state)
})

test('a board of a newer version can be looked at, and nothing about it can be changed', () => {
  const rig = new Rig(box('a'))
  rig.doc.getMap('meta').set('schema', 999)
  const before = rig.shapes
  rig.editor.select(['a'])
  rig.drag([50, 25], [200, 200])
  rig.editor.use('ink')
  rig.drag([50, 25], [200, 200])
  rig.editor.run('delete')
  rig.editor.edit('a')
  rig.editor.setStyle({ fill: '#ff0000' })
  pasteText(rig.editor, 'text')
  expect(rig.editor.state.editing).toBeNull()
  expect(rig.shapes).toEqual(before)
})

describe('enter', () => {
  test('opens the text of the one selected shape', () => {
    const rig = new Rig(box('a'), box('b'))
    rig.editor.select(['a', 'b'])
    rig.editor.run('finish')
    expect(rig.editor.state.editing).toBeNull()
    rig.editor.select(['a'])
    rig.editor.run('finish')
    expect(rig.editor.state.editing).toBe('a')
  })

  test('ends the line that is being placed', () => {
    const rig = new Rig()
    rig.editor.use('line')
    rig.click([0, 0])
    rig.click([100, 0])
    rig.editor.run('finish')
    expect(rig.shapes).toHaveLength(1)
    expect(rig.editor.state.editing).toBeNull()
  })
})
