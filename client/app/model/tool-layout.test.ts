import { expect, test } from 'vitest'
import { TOOLS } from '../../shapes/index.ts'
import { toolLayout } from './tool-layout.ts'

const names = (isNarrow: boolean, recent?: Parameters<typeof toolLayout>[2]) => {
  const { bar, drawer, recent: shown } = toolLayout(TOOLS, isNarrow, recent)
  return {
    bar: bar.flat().map(({ name }) => name),
    drawer: drawer.flatMap(({ tools }) => tools.map(({ name }) => name)),
    recent: shown?.name,
  }
}

test('every tool has one place, in the bar or in the drawer', () => {
  const { bar, drawer } = names(false)
  expect([...bar, ...drawer].sort()).toEqual(TOOLS.map(({ name }) => name).sort())
})

test('on a phone the bar has room for fingers, and nothing but the hand is lost', () => {
  const { bar, drawer } = names(true)
  expect(bar.length).toBeLessThanOrEqual(6)
  const missing = TOOLS.map(({ name }) => name).filter(name => !bar.includes(name) && !drawer.includes(name))
  expect(missing).toEqual(['hand'])
})

test('the tool of the drawer that was used last has a button of its own, a tool of the bar has one already', () => {
  const { drawer } = names(false)
  const last = drawer.at(-1)
  expect(names(false, last).recent).toBe(last)
  expect(drawer).toContain(names(false, 'select').recent)
})
