import { expect, test } from 'vitest'
import { wheelMove } from './wheel.ts'

const still = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false }

test('a wheel pans by its pixels, lines or pages', () => {
  expect(wheelMove({ ...still, deltaX: 3, deltaY: 5 }, 600)).toEqual({ does: 'pan', by: [-3, -5] })
  expect(wheelMove({ ...still, deltaY: 2, deltaMode: 1 }, 600)).toEqual({ does: 'pan', by: [-0, -32] })
  expect(wheelMove({ ...still, deltaY: 1, deltaMode: 2 }, 600)).toEqual({ does: 'pan', by: [-0, -600] })
})

test('shift turns an upright wheel sideways', () => {
  expect(wheelMove({ ...still, deltaY: 5, shiftKey: true }, 600)).toEqual({ does: 'pan', by: [-5, 0] })
})

test('ctrl zooms: in when turned away, back again by the same turn, and one notch is no leap', () => {
  const zoom = (deltaY: number) => {
    const move = wheelMove({ ...still, deltaY, ctrlKey: true }, 600)
    return move.does === 'zoom' ? move.factor : Number.NaN
  }
  expect(zoom(-10)).toBeGreaterThan(1)
  expect(zoom(-10) * zoom(10)).toBeCloseTo(1)
  expect(zoom(-120)).toBeLessThan(1.3)
})
