import { expect, test } from 'vitest'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { inkInWorld, inkKeys } from '../../../shared/shapes/ink.ts'
import { pathPoints } from '../../../shared/shapes/path.ts'
import { previewShapes } from '../preview.ts'
import { peerView } from '../testing/peer-view.ts'
import { box, Rig } from '../testing/rig.ts'

const straight = (id: string, y: number, given: object = {}) =>
  makeShape('line', { id, z: 'a1', pos: [0, y], points: [0, 0, 200, 0], width: 2, ...given })

const wavy = (id: string) => {
  const points = Array.from({ length: 41 }, (_, i): Vec => [i * 5, 300 + Math.sin(i / 4) * 20])
  return makeShape('ink', { id, z: 'a1', stroke: '#e03131', ...inkKeys({ points, pressures: null }) })
}

/** Goes straight down through x = 100. */
function cut(rig: Rig, from = -50, to = 400): void {
  rig.editor.use('cutter')
  rig.down([100, from])
  rig.move([100, to])
  rig.up([100, to])
}

test('a line is cut in two in one step: the first piece stays the line, the second is a copy right above', () => {
  const rig = new Rig(
    straight('l', 0, { stroke: '#2f9e44', groups: ['g'] }),
    box('over', { z: 'a2', pos: [0, 500] }),
  )
  let diffs = 0
  rig.board.subscribe(() => {
    diffs += 1
  })
  const before = rig.shapes
  cut(rig)
  expect(diffs).toBe(1)
  const [first, second, third] = rig.shapes
  expect(first).toMatchObject({ id: 'l', stroke: '#2f9e44', groups: ['g'], points: [0, 0, 93, 0] })
  expect(second).toMatchObject({
    type: 'line',
    stroke: '#2f9e44',
    groups: ['g'],
    pos: [107, 0],
    points: [0, 0, 93, 0],
  })
  expect(third?.id).toBe('over')
  expect(rig.editor.state).toMatchObject({ tool: 'cutter', preview: null })
  rig.editor.undo()
  expect(rig.shapes).toEqual(before)
})

test('pen strokes keep their style and their points outside of the gap', () => {
  const rig = new Rig(wavy('s'))
  const whole = inkInWorld(rig.shape('ink')).points
  cut(rig)
  expect(rig.shapes).toHaveLength(2)
  for (const shape of rig.shapes) {
    if (shape.type !== 'ink') throw new Error('Only ink was cut.')
    expect(shape.stroke).toBe('#e03131')
    for (const [x, y] of inkInWorld(shape).points) {
      expect(Math.abs(x - 100)).toBeGreaterThan(6)
      const nearest = Math.min(...whole.map(p => Math.hypot(p[0] - x, p[1] - y)))
      expect(nearest).toBeLessThan(5.2)
    }
  }
})

test('a piece of a stroke without pressure is as thick as it was', () => {
  const rig = new Rig(wavy('s'))
  cut(rig)
  const pressures = rig.shapes.map(shape => (shape.type === 'ink' ? inkInWorld(shape).pressures : null))
  expect(pressures[0]?.[0]).toBeLessThan(0.4)
  // The second piece does not begin as thin as a stroke does.
  expect(pressures[1]?.[0]).toBeCloseTo(pressures[0]?.at(-1) ?? 0, 1)
})

test('turned strokes are cut where they are seen', () => {
  const rig = new Rig(straight('l', 100, { rot: Math.PI / 2 }))
  rig.editor.use('cutter')
  // Upright by now, around (100, 100).
  rig.drag([50, 150], [150, 150])
  const ys = rig.shapes.flatMap(shape =>
    shape.type === 'line' ? pathPoints(shape).map(([, y]) => Math.round(y)) : [],
  )
  expect(ys.sort((a, b) => a - b)).toEqual([0, 143, 157, 200])
})

test('a closed line that is cut once is one open line', () => {
  const points = [0, 0, 100, 0, 100, 100, 0, 100, 0, 0]
  const rig = new Rig(makeShape('line', { id: 'l', z: 'a0', pos: [0, 0], points, fill: '#ffffff' }))
  rig.editor.use('cutter')
  rig.click([50, 0])
  expect(rig.shapes).toHaveLength(1)
  expect(pathPoints(rig.shape('line'))).toEqual([
    [57, 0],
    [100, 0],
    [100, 100],
    [0, 100],
    [0, 0],
    [43, 0],
  ])
})

test('figures, locked and hidden strokes are left alone, whole strokes go', () => {
  const rig = new Rig(
    box('figure', { pos: [50, -20] }),
    straight('locked', 0, { locked: true }),
    straight('hidden', 20, { hidden: true }),
    makeShape('ink', { id: 'dot', z: 'a2', ...inkKeys({ points: [[100, 40]], pressures: null }) }),
  )
  cut(rig)
  expect(rig.shapes.map(shape => shape.id).sort()).toEqual(['figure', 'hidden', 'locked'])
})

test('the preview shows what will be left, and a cancelled cut leaves all as it was', () => {
  const rig = new Rig(straight('l', 0))
  const before = rig.shapes
  rig.editor.use('cutter')
  rig.down([100, -50])
  rig.move([100, 50])
  const { preview } = rig.editor.state
  expect(preview).toMatchObject({
    kind: 'cut',
    cuts: [
      {
        id: 'l',
        keep: [
          [0, 0.465],
          [0.535, 1],
        ],
      },
    ],
  })
  const shown = [...previewShapes(preview, rig.board, rig.editor.lineWidth).keys()]
  expect(shown).toEqual(['l', 'l piece 1'])
  rig.cancel()
  expect(rig.editor.state.preview).toBeNull()
  expect(rig.shapes).toEqual(before)
})

test('with alt it erases whole shapes', () => {
  const rig = new Rig(straight('l', 0), box('figure', { pos: [90, 50] }))
  rig.editor.use('cutter')
  rig.drag([100, -50], [100, 200], { modifiers: { alt: true } })
  expect(rig.shapes).toEqual([])
  rig.drag([0, 0], [10, 10])
  expect(rig.editor.state.preview).toBeNull()
})

test('what another removes in the middle of a cut is not cut', () => {
  const rig = new Rig(straight('l', 0), straight('m', 30))
  rig.editor.use('cutter')
  rig.down([100, -50])
  rig.move([100, 50])
  rig.doc.getMap('shapes').delete('l')
  expect(rig.editor.state.preview).toMatchObject({ kind: 'cut', cuts: [{ id: 'm' }] })
  rig.up([100, 50])
  expect(rig.shapes).toHaveLength(2)
})

test('a thick stroke that is only grazed is not cut, one that is cut shows a gap', () => {
  const rig = new Rig(straight('thick', 0, { width: 40 }))
  rig.editor.use('cutter')
  rig.click([100, 20])
  expect(rig.shapes).toHaveLength(1)
  expect(rig.board.canUndo && rig.shape('line').points).toEqual([0, 0, 200, 0])
  rig.click([100, 10])
  const [first, second] = rig.shapes
  if (first?.type !== 'line' || second?.type !== 'line') throw new Error('It is not cut in two.')
  // Each end is round, half a width further.
  expect(second.pos[0] - 20 - (first.pos[0] + (first.points[2] ?? 0) + 20)).toBeGreaterThan(6)
})

test('another person sees the pieces before they are on the board', () => {
  const rig = new Rig(straight('long-enough-id', 0))
  rig.editor.use('cutter')
  rig.down([100, -50])
  rig.move([100, 50])
  const seen = peerView(rig)
  const shown = previewShapes(seen?.preview ?? null, rig.board, rig.editor.lineWidth)
  const ends = [...shown.values()].map(
    shape => shape && 'points' in shape && Math.round(shape.points[2] ?? 0),
  )
  expect(ends).toEqual([93, 93])
  expect(seen?.size).toBeLessThan(500)
})

test('stretches that no stroke here has are not shown', () => {
  const rig = new Rig(straight('l', 0), box('figure'))
  const cuts = [
    {
      id: 'l',
      keep: [
        [0, 99],
        [0.5, 0.2],
        [0.5, 1],
      ] as const,
    },
    { id: 'figure', keep: [[0, 1]] as const },
  ]
  const shown = previewShapes({ kind: 'cut', cuts }, rig.board, rig.editor.lineWidth)
  expect([...shown.keys()]).toEqual(['l'])
})
