import { expect, test } from 'vitest'
import type { PanelName } from '../../editor/actions.ts'
import { bareFor, withPanel } from './open-panels.ts'

const opened = (...panels: readonly PanelName[]) =>
  panels.reduce<ReadonlySet<PanelName>>((open, panel) => withPanel(open, panel, true), new Set())

test('panels beside the canvas stand next to each other', () => {
  expect([...opened('minimap', 'pages', 'find')]).toEqual(['minimap', 'pages', 'find'])
})

test('what takes the whole attention closes what does too, and the bars, and leaves the minimap', () => {
  expect([...opened('minimap', 'find', 'palette')]).toEqual(['minimap', 'palette'])
  expect([...opened('palette', 'shortcuts')]).toEqual(['shortcuts'])
})

test('on a phone the sheets above the toolbar take turns', () => {
  const onPhone = withPanel(opened('find', 'library'), 'pages', true, true)
  expect([...onPhone]).toEqual(['find', 'pages'])
})

test('a panel that is closed leaves the others', () => {
  expect([...withPanel(opened('minimap', 'pages'), 'pages', false)]).toEqual(['minimap'])
})

test('a presentation has the screen before focus mode has', () => {
  expect(bareFor(opened('minimap'))).toBeUndefined()
  expect(bareFor(opened('focus'))).toBe('focus')
  expect(bareFor(opened('focus', 'presentation'))).toBe('presentation')
})
