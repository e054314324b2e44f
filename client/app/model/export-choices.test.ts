import { expect, test } from 'vitest'
import type { ExportOptions } from '../../editor/export.ts'
import { type Exportable, scopeChoices, withFormat } from './export-choices.ts'

const frames = [
  { id: 'a', name: 'Plan' },
  { id: 'b', name: 'Numbers' },
]
const page: Exportable = { frames, hasSelection: false, hasPages: false }
const options: ExportOptions = {
  ...{ format: 'png', scope: 'page', scale: 2, background: true, dark: false, embed: true },
}

test('a PDF of a page with frames is the frames, as so many pages, or all of it as one; other formats have no pages', () => {
  expect(scopeChoices('pdf', page)).toEqual([
    ['frames', 'Each frame, as 2 pages'],
    ['page', 'The whole board, as one page'],
    ['frame:a', 'Frame “Plan”'],
    ['frame:b', 'Frame “Numbers”'],
  ])
  expect(scopeChoices('png', { ...page, hasSelection: true, hasPages: true }).slice(0, 2)).toEqual([
    ['page', 'This page'],
    ['selection', 'What is selected'],
  ])
  expect(scopeChoices('pdf', { ...page, frames: [] })).toEqual([['page', 'The whole board']])
})

test('choosing PDF chooses the frames unless something else was chosen, and going back takes that along', () => {
  const pdf = withFormat(options, 'pdf', page)
  expect(pdf.scope).toBe('frames')
  expect(withFormat(pdf, 'svg', page).scope).toBe('page')
  expect(withFormat({ ...options, scope: 'selection' }, 'pdf', page).scope).toBe('selection')
  expect(withFormat(options, 'pdf', { ...page, frames: [] }).scope).toBe('page')
  // The whole board as one page, once chosen, stays.
  expect(withFormat({ ...pdf, scope: 'page' }, 'pdf', page).scope).toBe('page')
})
