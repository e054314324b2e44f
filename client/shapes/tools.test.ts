import { describe, expect, test } from 'vitest'
import { unpackInk } from '../../shared/geometry/ink.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { inkInWorld } from '../../shared/shapes/ink.ts'
import { box, Rig } from '../editor/testing/rig.ts'

describe('a box tool', () => {
  test('draws from corner to corner in the chosen style, then goes back to select with the shape selected', () => {
    const rig = new Rig()
    rig.editor.setStyle({ stroke: '#ff0000', fill: '#00ff00', width: 4 })
    rig.editor.use('rectangle')
    rig.drag([110, 60], [10, 20])
    expect(rig.shape('rectangle')).toMatchObject({
      ...{ pos: [10, 20], size: [100, 40], stroke: '#ff0000', fill: '#00ff00', width: 4 },
    })
    expect(rig.editor.state.tool).toBe('select')
    expect(rig.selection).toEqual([rig.shapes[0]?.id])
  })

  test('with shift makes a square, with alt draws from the centre', () => {
    const rig = new Rig()
    rig.editor.use('ellipse')
    rig.drag([100, 100], [150, 120], { modifiers: { shift: true, alt: true } })
    expect(rig.shape('ellipse')).toMatchObject({ pos: [50, 50], size: [100, 100] })
  })

  test('makes nothing of a click, and goes back to select', () => {
    const rig = new Rig()
    rig.editor.use('diamond')
    rig.click([10, 10])
    expect(rig.shapes).toEqual([])
    expect(rig.editor.state.tool).toBe('select')
  })
})

describe('the line tools', () => {
  test('draw an arrow by one drag', () => {
    const rig = new Rig()
    rig.editor.use('arrow')
    rig.drag([10, 10], [110, 60])
    expect(rig.shape('arrow')).toMatchObject({ pos: [10, 10], points: [0, 0, 100, 50], head: 'arrow' })
    expect(rig.editor.state.tool).toBe('select')
  })

  test('with shift keep to directions of 15 degrees', () => {
    const rig = new Rig()
    rig.editor.use('line')
    rig.drag([0, 0], [100, 3], { modifiers: { shift: true } })
    expect(rig.shape('line').points).toEqual([0, 0, 100, 0])
  })

  const POINTS: readonly Vec[] = [
    [0, 0],
    [100, 0],
    [100, 100],
  ]

  test.each([
    ['Enter', (rig: Rig) => rig.editor.run('finish')],
    ['Esc', (rig: Rig) => rig.editor.run('escape')],
    ['a double click', (rig: Rig) => rig.click([100, 100], { clicks: 2 })],
    ['another tool', (rig: Rig) => rig.editor.use('select')],
  ])('place point after point by clicks until %s', (_, end) => {
    const rig = new Rig()
    rig.editor.use('line')
    for (const point of POINTS) {
      rig.move(point)
      rig.click(point)
    }
    expect(rig.editor.state.preview).toMatchObject({ kind: 'create' })
    end(rig)
    expect(rig.shape('line').points).toEqual([0, 0, 100, 0, 100, 100])
    expect(rig.editor.state.preview).toBeNull()
    rig.editor.undo()
    expect(rig.shapes).toEqual([])
  })

  test('close the line by a click on its first point', () => {
    const rig = new Rig()
    rig.editor.use('line')
    for (const point of [...POINTS, [2, 1] as Vec]) rig.click(point)
    expect(rig.shape('line').points).toEqual([0, 0, 100, 0, 100, 100, 0, 0])
  })

  test('leave no trace of a line that is cancelled in the middle of a click', () => {
    const rig = new Rig()
    rig.editor.use('line')
    for (const point of POINTS) rig.click(point)
    rig.down([200, 200])
    rig.cancel()
    expect(rig.shapes).toEqual([])
    expect(rig.editor.state.preview).toBeNull()
  })
})

describe('the pen', () => {
  test('makes a dot of a tap, and stays in use', () => {
    const rig = new Rig()
    rig.editor.use('ink')
    rig.click([10, 20])
    expect(rig.shape('ink')).toMatchObject({ pos: [10, 20], size: [0, 0] })
    expect(rig.editor.state.tool).toBe('ink')
    expect(rig.selection).toEqual([])
  })

  test('draws from the first pixel on and keeps the pressure of a pen', () => {
    const rig = new Rig()
    rig.editor.use('ink')
    rig.down([0, 0], { pointer: 'pen', pressure: 0.2 })
    rig.move([1, 0], { pressure: 0.6 })
    rig.move([20, 5], { pressure: 1 })
    rig.up([20, 5])
    const ink = inkInWorld(rig.shape('ink'))
    expect(ink.points).toEqual([
      [0, 0],
      [1, 0],
      [20, 5],
    ])
    expect(ink.pressures?.map(pressure => Math.round(pressure * 10))).toEqual([2, 6, 10])
  })

  test('has no pressure for a mouse', () => {
    const rig = new Rig()
    rig.editor.use('ink')
    rig.drag([0, 0], [50, 50])
    expect(inkInWorld(rig.shape('ink')).pressures).toBeNull()
  })

  test('draws a straight line while shift is held', () => {
    const rig = new Rig()
    rig.editor.use('ink')
    rig.down([0, 0])
    rig.move([50, 80])
    rig.move([100, 0], { modifiers: { shift: true } })
    rig.up([100, 0])
    expect(inkInWorld(rig.shape('ink')).points).toEqual([
      [0, 0],
      [100, 0],
    ])
  })

  test('grows its preview in place', () => {
    const rig = new Rig()
    rig.editor.use('ink')
    const ink = () => {
      const { preview } = rig.editor.state
      return preview?.kind === 'ink' ? preview.stroke.ink : undefined
    }
    rig.down([0, 0])
    const first = ink()
    rig.move([10, 0])
    expect(ink()).toBe(first)
    expect(first?.points).toHaveLength(2)
  })

  test('splits a stroke that is larger than a document takes, in one transaction, kept together', () => {
    const rig = new Rig()
    rig.editor.use('ink')
    rig.down([0, 0])
    const count = 90_000
    const samples = Array.from({ length: count }, (_, i) => ({
      at: [(i % 2) * 300 + i / 100, (i % 3) * 200] as Vec,
      pressure: null,
    }))
    const at: Vec = [0, 0]
    const modifiers = { shift: false, alt: false, ctrl: false }
    rig.editor.handle({ type: 'move', at, screen: at, samples, modifiers })
    rig.up(at)
    expect(rig.shapes.length).toBeGreaterThan(1)
    let points = 0
    for (const shape of rig.shapes) {
      if (shape.type !== 'ink') throw new Error('Only ink was drawn.')
      expect(shape.ink.length).toBeLessThanOrEqual(LIMITS.inkBytes)
      expect(shape.groups).toEqual(rig.shapes[0]?.groups)
      points += unpackInk(shape.ink)?.points.length ?? 0
    }
    // Each joint is in two parts; the first point and the last are those of the press.
    expect(points - (rig.shapes.length - 1)).toBe(count + 1)
    rig.editor.undo()
    expect(rig.shapes).toEqual([])
  })
})

describe('the text tool', () => {
  test('opens a new text that is on the board from its first character, all of it one undo step', () => {
    const rig = new Rig()
    rig.editor.use('text')
    rig.click([100, 100])
    expect(rig.editor.state).toMatchObject({ tool: 'select', editing: expect.any(String) })
    expect(rig.shapes).toEqual([])
    rig.editor.text.type('h')
    rig.editor.text.type('hi')
    rig.editor.text.end()
    expect(rig.shape('text').text).toBe('hi')
    expect(rig.selection).toEqual([rig.shapes[0]?.id])
    rig.editor.undo()
    expect(rig.shapes).toEqual([])
    expect(rig.board.canUndo).toBe(false)
  })

  test('that is left without a character leaves no undo step', () => {
    const rig = new Rig()
    rig.editor.use('text')
    rig.click([100, 100])
    rig.editor.text.end()
    expect(rig.editor.state).toMatchObject({ editing: null, preview: null })
    expect(rig.board.canUndo).toBe(false)
  })

  test('removes a text whose characters were all deleted, and undo brings them back at once', () => {
    const rig = new Rig(makeShape('text', { id: 't', z: 'a0', pos: [0, 0], text: 'hi' }))
    rig.editor.edit('t')
    rig.editor.text.type('h')
    rig.editor.text.type('')
    rig.editor.text.end()
    expect(rig.shapes).toEqual([])
    rig.editor.undo()
    expect(rig.shape('text').text).toBe('hi')
  })

  test('types into the shape under the pointer', () => {
    const rig = new Rig(box('a'))
    rig.editor.use('text')
    rig.click([50, 25])
    expect(rig.editor.state.editing).toBe('a')
  })

  test('ends when another person removes what is typed into', () => {
    const rig = new Rig(box('a'))
    rig.editor.edit('a')
    rig.doc.getMap('shapes').delete('a')
    expect(rig.editor.state.editing).toBeNull()
    rig.editor.text.type('into nothing')
    expect(rig.shapes).toEqual([])
  })
})

describe('the eraser', () => {
  test('fades all it sweeps over, between two samples too, and removes it in one transaction', () => {
    const rig = new Rig(
      makeShape('line', { id: 'thin', z: 'a0', pos: [100, -50], points: [0, 0, 0, 100], width: 0.1 }),
      box('under', { z: 'a1', pos: [180, -20] }),
      box('over', { z: 'a2', pos: [180, -20] }),
      box('aside', { z: 'a3', pos: [180, 200] }),
    )
    let diffs = 0
    rig.board.subscribe(() => {
      diffs += 1
    })
    rig.editor.use('eraser')
    rig.down([0, 0])
    rig.move([400, 0])
    expect(rig.editor.state.preview).toEqual({ kind: 'erase', ids: ['thin', 'under', 'over'] })
    rig.up([400, 0])
    expect(rig.shapes.map(shape => shape.id)).toEqual(['aside'])
    expect(diffs).toBe(1)
    expect(rig.editor.state.tool).toBe('eraser')
    rig.editor.undo()
    expect(rig.shapes).toHaveLength(4)
  })

  test('gives everything back when it is cancelled', () => {
    const rig = new Rig(box('a'))
    rig.editor.use('eraser')
    rig.down([50, 25])
    expect(rig.editor.state.preview).toEqual({ kind: 'erase', ids: ['a'] })
    rig.cancel()
    rig.up([50, 25])
    expect(rig.shapes).toHaveLength(1)
    expect(rig.editor.state.preview).toBeNull()
  })
})

test('the hand moves the picture with the pointer', () => {
  const rig = new Rig(box('a'))
  rig.editor.use('hand')
  rig.down([0, 0])
  rig.move([30, 40])
  rig.up([30, 40])
  expect(rig.editor.state.camera).toEqual({ x: -30, y: -40, zoom: 1 })
})
