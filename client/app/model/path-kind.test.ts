import { expect, test } from 'vitest'
import { type PathKind, pathKind, pathStyle } from './path-kind.ts'

test('each way to run through the points is read back from the style that it gives', () => {
  for (const kind of ['straight', 'curved', 'elbow'] satisfies PathKind[]) {
    const { curved, elbow } = pathStyle(kind)
    expect(pathKind({ curved: { value: curved }, elbow: { value: elbow } })).toBe(kind)
  }
})

test('a line, which has no right angles, is straight or curved', () => {
  expect(pathKind({ curved: { value: false } })).toBe('straight')
  expect(pathKind({ curved: { value: true } })).toBe('curved')
})

test('shapes that differ have none', () => {
  expect(pathKind({ curved: { value: undefined }, elbow: { value: false } })).toBeUndefined()
  expect(pathKind({ curved: { value: false }, elbow: { value: undefined } })).toBeUndefined()
  expect(pathKind({})).toBeUndefined()
})
