import { describe, expect, test } from 'vitest'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { inkInWorld, shownOpacity } from '../../../shared/shapes/ink.ts'
import { peerView } from '../../editor/testing/peer-view.ts'
import { Rig } from '../../editor/testing/rig.ts'
import { inkView } from './view.ts'

const DRAWING = { tolerance: 0.1, leastWidth: 0, translucent: true }

describe('the highlighter', () => {
  test('marks translucently in one width, in a colour and a width of its own that it remembers', () => {
    const rig = new Rig()
    rig.editor.setStyle({ stroke: '#2f9e44', width: 1 })
    rig.editor.use('highlighter')
    rig.down([0, 0], { pointer: 'pen', pressure: 0.3 })
    rig.move([50, 10], { pressure: 0.9 })
    rig.up([100, 0])
    const marked = rig.shape('ink')
    expect(marked).toMatchObject({ brush: 'highlighter', stroke: '#fcc419', width: 8, opacity: 1 })
    expect(inkInWorld(marked).pressures).toBeNull()
    expect(shownOpacity(marked)).toBe(0.4)

    rig.editor.setStyle({ stroke: '#c2255c', width: 4 })
    rig.editor.use('ink')
    expect(rig.editor.state.style).toMatchObject({ stroke: '#2f9e44', width: 1 })
    rig.editor.use('highlighter')
    expect(rig.editor.state.style).toMatchObject({ stroke: '#c2255c', width: 4 })
    rig.editor.undo()
    expect(rig.shapes).toEqual([])
  })

  test('with shift marks a straight line', () => {
    const rig = new Rig()
    rig.editor.use('highlighter')
    rig.down([0, 0])
    rig.move([40, 30])
    rig.move([100, 0], { modifiers: { shift: true } })
    rig.up([100, 0], { modifiers: { shift: true } })
    expect(inkInWorld(rig.shape('ink')).points).toEqual([
      [0, 0],
      [100, 0],
    ])
  })

  test('is nowhere darker where it crosses itself: one area, or areas that are known to overlap', () => {
    const rig = new Rig()
    rig.editor.use('highlighter')
    rig.down([0, 0])
    for (let i = 1; i <= 700; i++) rig.move([Math.cos(i / 5) * 50 + i / 10, Math.sin(i / 5) * 50])
    rig.up([70, 0])
    const areas = inkView.areas(rig.shape('ink'), DRAWING, rig.editor.lineWidth)
    expect(areas.length).toBeGreaterThan(1)
    expect(areas.every(area => area.overlaps)).toBe(true)
  })

  test('is seen by others as what it is while it is drawn', () => {
    const rig = new Rig()
    rig.editor.use('highlighter')
    rig.down([0, 0])
    rig.move([50, 10])
    expect(peerView(rig)?.preview).toMatchObject({
      ...{ kind: 'ink', stroke: { brush: 'highlighter', steady: false, stroke: '#fcc419', width: 8 } },
    })
  })
})

describe('the pen', () => {
  test('draws one width all along where the person wants that, whatever the pressure', () => {
    const rig = new Rig()
    rig.editor.setStyle({ steady: true, width: 4 })
    rig.editor.use('ink')
    rig.down([0, 0], { pointer: 'pen', pressure: 0.1 })
    for (let x = 10; x <= 200; x += 10) rig.move([x, 0], { pressure: x / 200 })
    rig.up([200, 0])
    const stroke = rig.shape('ink')
    expect(stroke).toMatchObject({ steady: true, brush: 'pen' })
    const [area] = inkView.areas(stroke, { ...DRAWING, translucent: false }, rig.editor.lineWidth)
    const heights = (area?.contour ?? []).filter(([x]) => x > 20 && x < 180).map(([, y]) => Math.abs(y))
    expect(Math.min(...heights)).toBeCloseTo(4.4, 1)
    expect(Math.max(...heights)).toBeCloseTo(4.4, 1)
  })

  test('steadies a hand that trembles, and leaves long strides alone', () => {
    const rig = new Rig()
    rig.editor.use('ink')
    rig.down([0, 0])
    for (let x = 1; x <= 100; x++) rig.move([x, x % 2])
    rig.up([100, 0])
    const roughness = (points: readonly Vec[]) =>
      points.slice(2, -1).reduce((sum, p, i) => sum + Math.abs(p[1] - (points[i + 1] as Vec)[1]), 0)
    const { points } = inkInWorld(rig.shape('ink'))
    expect(roughness(points)).toBeLessThan(roughness(points.map((_, x): Vec => [x, x % 2])) / 3)
    expect(points.at(-1)).toEqual([100, 0])

    rig.down([0, 200])
    for (let x = 10; x <= 100; x += 10) rig.move([x, 200 + (x % 20)])
    rig.up([100, 200])
    const far = rig.shapes[1]
    expect(far?.type === 'ink' && inkInWorld(far).points.map(([, y]) => y - 200)).toEqual([
      ...[0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0],
    ])
  })
})
