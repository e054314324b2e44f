import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { makeShape, writeError } from '../../shared/schema/read.ts'
import { type ImageShape, shownPart } from '../../shared/shapes/image.ts'
import { cropBySides, cropPushed, uncropped } from './crop.ts'
import { Rig } from './testing/rig.ts'

const ASSET = 'a'.repeat(64)
const image = (given: Partial<ImageShape> = {}): ImageShape =>
  makeShape('image', {
    ...{ id: 'i', z: 'a0', pos: [0, 0], size: [200, 100], asset: ASSET, natural: [400, 200] },
    ...given,
  })

/** Where the point of the picture at these shares of it lies in the world. */
function placeOf(shape: ImageShape, u: number, v: number): Vec {
  const [x, y, w, h] = shownPart(shape)
  const own = ([(u - x) / w, (v - y) / h] as const).map((share, axis) => {
    const seen = shape.flip[axis] ? 1 - share : share
    return (shape.pos[axis] as number) + seen * (shape.size[axis] as number)
  }) as unknown as Vec
  const centre: Vec = [shape.pos[0] + shape.size[0] / 2, shape.pos[1] + shape.size[1] / 2]
  return rotateAbout(own, centre, shape.rot)
}

const share = fc.double({ min: 0, max: 0.4, noNaN: true })
const some = fc
  .record({
    rot: fc.constantFrom(0, 1, -2),
    flip: fc.tuple(fc.boolean(), fc.boolean()),
    crop: fc.option(fc.tuple(share, share, fc.double({ min: 0.3, max: 0.6, noNaN: true }), fc.constant(0.5))),
  })
  .map(given => image(given as Partial<ImageShape>))
const by = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }))
const sides = fc.constantFrom<Vec>([1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1])

function expectValid(patch: object): void {
  for (const [key, value] of Object.entries(patch)) expect(writeError('image', key, value)).toBeUndefined()
}

test('what a side uncovers or hides, the rest of the picture stays where it is', () => {
  fc.assert(
    fc.property(some, sides, by, (shape, which, pull) => {
      const patch = cropBySides(shape, which, pull)
      expectValid(patch)
      const after = { ...shape, ...patch }
      for (const [u, v] of [
        [0, 0],
        [1, 1],
      ] as const) {
        const [before, now] = [placeOf(shape, u, v), placeOf(after, u, v)]
        expect(Math.hypot(now[0] - before[0], now[1] - before[1])).toBeLessThan(0.1)
      }
    }),
  )
})

test('a picture that is pushed stays behind its frame, which does not move', () => {
  fc.assert(
    fc.property(some, by, (shape, push) => {
      const patch = cropPushed(shape, push)
      expectValid(patch)
      expect([patch.pos, patch.size]).toEqual([shape.pos, shape.size])
      const [x, y, w, h] = shownPart({ ...shape, ...patch })
      expect(x + w).toBeLessThanOrEqual(1 + 1e-5)
      expect(y + h).toBeLessThanOrEqual(1 + 1e-5)
    }),
  )
})

test('all of a picture is shown again where its parts were', () => {
  const cropped = image({ crop: [0.25, 0, 0.5, 1], rot: 1 })
  const whole = { ...cropped, ...uncropped(cropped) }
  expect(whole.crop).toBeNull()
  expect(whole.size).toEqual([400, 100])
  expect(placeOf(whole, 0.5, 0.5)[0]).toBeCloseTo(placeOf(cropped, 0.5, 0.5)[0], 3)
})

describe('the crop tool', () => {
  test('pulls a side by its handle, as one undo step that others see coming', () => {
    const rig = new Rig(image())
    rig.doubleClick([100, 50])
    expect(rig.editor.state.tool).toBe('crop')
    expect(rig.selection).toEqual(['i'])
    rig.down([200, 50])
    rig.move([150, 80])
    const preview = { kind: 'crop', id: 'i', pos: [0, 0], size: [150, 100], crop: [0, 0, 0.75, 1] }
    expect(rig.editor.state.preview).toEqual(preview)
    expect(rig.editor.outgoingPresence({ name: 'A', colour: '#ffffff' }).preview).toEqual(preview)
    rig.up([150, 80])
    expect(rig.shape('image')).toMatchObject({ size: [150, 100], crop: [0, 0, 0.75, 1] })
    rig.drag([75, 50], [60, 50])
    expect(rig.shape('image').crop?.[0]).toBeCloseTo(0.075)
    rig.editor.undo()
    rig.editor.undo()
    expect(rig.shape('image')).toMatchObject({ size: [200, 100], crop: null })
  })

  test('is left by Enter, by Escape with the image still selected, and by a press beside the image', () => {
    const rig = new Rig(image())
    for (const leave of [() => rig.editor.finish(), () => rig.editor.escape(), () => rig.click([500, 500])]) {
      rig.editor.select(['i'])
      rig.editor.run('image-crop')
      expect(rig.editor.state.tool).toBe('crop')
      leave()
      expect(rig.editor.state.tool).toBe('select')
    }
    expect(rig.selection).toEqual([])
    expect(rig.board.canUndo).toBe(true)
  })

  test('leaves no trace of a drag that is cancelled, nor of a click', () => {
    const rig = new Rig(image())
    rig.editor.select(['i'])
    rig.editor.run('image-crop')
    rig.down([200, 50])
    rig.move([120, 50])
    rig.cancel()
    rig.click([100, 50])
    expect(rig.editor.state.preview).toBeNull()
    expect(rig.shape('image')).toEqual({ ...image(), by: '' })
  })

  test('is of no use where nothing may be changed', () => {
    const rig = new Rig(image())
    rig.editor.select(['i'])
    rig.board.lock('not yours')
    expect(['image-crop', 'image-uncrop', 'image-replace'].filter(id => rig.editor.canRun(id))).toEqual([])
    rig.editor.use('crop')
    expect(rig.editor.state.tool).toBe('select')
  })
})
