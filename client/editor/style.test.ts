import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import { INITIAL_STATE, readSettings } from './editor-state.ts'
import { DEFAULT_STYLE, readStyle, styleIn } from './style.ts'

test('a style that the device kept is read key by key: what no shape may have is left out', () => {
  expect(readStyle({ ...DEFAULT_STYLE })).toEqual(DEFAULT_STYLE)
  const odd = {
    stroke: 'red',
    width: 5000,
    dash: 'dotted',
    roughness: '1',
    head: 'claw',
    unknown: 1,
    fill: null,
  }
  expect(readStyle(odd)).toEqual({ dash: 'dotted' })
})

test('of settings only those are read that there are', () => {
  expect(readSettings({ ...INITIAL_STATE.settings })).toEqual(INITIAL_STATE.settings)
  expect(readSettings({ toolLock: true, snapping: 'yes', unknown: true })).toEqual({ toolLock: true })
})

test('the style of several shapes is that of the topmost', () => {
  const low = makeShape('rectangle', { id: 'low', z: 'a0', pos: [0, 0], size: [9, 9], stroke: '#111111' })
  const top = makeShape('text', { id: 'top', z: 'a1', pos: [0, 0], stroke: '#222222' })
  expect(styleIn([top, low])).toMatchObject({ stroke: '#222222', font: top.font })
  expect(styleIn([top, low])).not.toHaveProperty('dash')
  expect(styleIn([])).toBeUndefined()
})
