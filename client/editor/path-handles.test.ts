import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxContainsPoint } from '../../shared/geometry/box.ts'
import { add, rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { type Arrow, arrowLabelBox } from '../../shared/shapes/arrow.ts'
import { pathPoints } from '../../shared/shapes/path.ts'
import { frameAround } from './selection-frame.ts'
import { Rig } from './testing/rig.ts'

const lineWidth = (line: string) => line.length * 8

const labelled = (given: Partial<Arrow> = {}): Arrow =>
  makeShape('arrow', { id: 'a', z: 'a0', pos: [0, 0], points: [0, 0, 400, 0], text: 'leads to', ...given })

const handlesOf = (arrow: Arrow, zoom = 1): Readonly<Record<string, Vec>> =>
  Object.fromEntries(
    frameAround([arrow], lineWidth, zoom)?.handles.map(({ name, at: [x, y] }) => [
      name,
      [Math.round(x), Math.round(y)],
    ]) ?? [],
  )

describe('the handles of an arrow with a label', () => {
  test('lie below the label of a level line, and to the right where it leads up or down', () => {
    const { h = 0, w = 0 } = arrowLabelBox(labelled(), lineWidth) ?? {}
    expect(handlesOf(labelled())).toEqual({ p0: [0, 0], p1: [400, 0], m0: [200, Math.round(h / 2 + 12)] })
    expect(handlesOf(labelled({ points: [0, 0, 0, 400] })).m0).toEqual([Math.round(w / 2 + 12), 200])
  })

  test('lie on the line where no label is', () => {
    expect(handlesOf(labelled({ text: '' })).m0).toEqual([200, 0])
    const { m0, m1, p1 } = handlesOf(labelled({ points: [0, 0, 200, 0, 400, 0] }))
    expect([m0, m1]).toEqual([
      [100, 0],
      [300, 0],
    ])
    expect(p1?.[1]).toBeGreaterThan(12)
  })

  test('are as far from the label on the screen at any zoom', () => {
    const { h = 0 } = arrowLabelBox(labelled(), lineWidth) ?? {}
    for (const zoom of [0.5, 4])
      expect(handlesOf(labelled(), zoom).m0?.[1]).toBe(Math.round(h / 2 + 12 / zoom))
  })

  test('leave the label free, however the arrow runs and is turned', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 4, maxLength: 10 }),
        fc.record({
          curved: fc.boolean(),
          elbow: fc.boolean(),
          rot: fc.double({ min: -3, max: 3, noNaN: true }),
        }),
        fc.constantFrom(0.3, 1, 3),
        (numbers, given, zoom) => {
          const arrow = labelled({
            points: numbers.slice(0, numbers.length - (numbers.length % 2)),
            ...given,
          })
          const frame = frameAround([arrow], lineWidth, zoom)
          const label = arrowLabelBox(arrow, lineWidth)
          if (!frame || !label) throw new Error('It has a frame and a label.')
          const centre: Vec = [frame.box.x + frame.box.w / 2, frame.box.y + frame.box.h / 2]
          const last = `p${pathPoints(arrow).length - 1}`
          for (const { name, at } of frame.handles) {
            const [x, y] = rotateAbout(at, centre, -arrow.rot)
            const isEnd = name === 'p0' || name === last
            if (!isEnd)
              expect(boxContainsPoint(label, [x - arrow.pos[0], y - arrow.pos[1]]), name).toBe(false)
          }
        },
      ),
    )
  })

  test('move what they stand for, and the label can be opened', () => {
    const rig = new Rig(labelled())
    rig.editor.select(['a'])
    const grip = rig.shownFrame()?.handles.find(({ name }) => name === 'm0')?.at as Vec
    rig.drag(grip, add(grip, [0, 100]))
    expect(rig.shape('arrow').points).toEqual([0, 0, 200, 100, 400, 0])
    expect(rig.shownFrame()?.handles.find(({ name }) => name === 'p1')?.at[1]).toBeGreaterThan(112)

    rig.doubleClick([200, 100])
    expect(rig.editor.state.editing).not.toBeNull()
    expect(rig.shape('arrow').points).toHaveLength(6)
  })
})
