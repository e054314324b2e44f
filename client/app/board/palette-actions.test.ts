import { expect, test } from 'vitest'
import type { ExportOptions } from '../../editor/export.ts'
import { box, Rig } from '../../editor/testing/rig.ts'
import type { AppEditor } from '../app-editor.ts'
import { paletteRows } from '../model/palette-search.ts'
import { paletteAction, paletteActions } from './palette-actions.ts'

const editorOf = (rig: Rig): AppEditor => rig.editor

const bestFor = (query: string): string | undefined =>
  paletteRows(paletteActions(query, []), query, [], () => true)[0]?.command.title

test.each([
  ['red stroke', 'Stroke colour: Red'],
  ['fill blue', 'Fill colour: Blue'],
  ['stroke color green', 'Stroke colour: Green'],
  ['hachure', 'Fill pattern: Hachure'],
  ['dotted', 'Dashes: Dotted'],
  ['size large', 'Text size: Large'],
  ['right angles', 'Line: Right angles'],
  ['opacity 50', 'Opacity: 50 %'],
  ['pdf', 'Export as PDF'],
])('“%s” finds “%s”', (query, title) => {
  expect(bestFor(query)).toBe(title)
})

test('each has an id of its own', () => {
  const ids = paletteActions('any', []).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('without a query only the styles that were used last are listed', () => {
  const used = paletteAction('style:fill,transparent')?.id as string
  const styles = paletteActions('', [used]).filter(({ section }) => section === 'Style')
  expect(styles.map(({ id }) => id)).toEqual([used])
})

test('a style can be chosen where what is selected has it, in one step to undo, and on no board that is only read', () => {
  const rig = new Rig(box('a'))
  const dotted = paletteAction('style:dash,dotted')
  const large = paletteAction('style:fontSize,28')
  expect(dotted?.canRun(editorOf(rig))).toBe(false)
  rig.editor.select(['a'])
  expect(dotted?.canRun(editorOf(rig))).toBe(true)
  expect(large?.canRun(editorOf(rig))).toBe(false)
  dotted?.run(editorOf(rig), false)
  expect(rig.shape('rectangle').dash).toBe('dotted')
  rig.editor.undo()
  expect(rig.shape('rectangle').dash).toBe('solid')
  rig.board.lock('Only to be read.')
  expect(dotted?.canRun(editorOf(rig))).toBe(false)
})

test('an export is saved of what is selected, else of the page', async () => {
  const rig = new Rig(box('a'))
  const saved: ExportOptions[] = []
  const exporter = {
    make: () => Promise.reject(new Error('It is not asked for.')),
    copy: () => Promise.reject(new Error('It is not asked for.')),
    save: async (options: ExportOptions) => void saved.push(options),
  }
  // The editor's own surroundings are chosen when it is made.
  const editor = new Proxy(editorOf(rig), {
    get: (target, key) => (key === 'exporter' ? exporter : Reflect.get(target, key, target)),
  })
  paletteAction('export:pdf')?.run(editor, true)
  rig.editor.select(['a'])
  paletteAction('export:svg')?.run(editor, false)
  expect(saved).toMatchObject([
    { format: 'pdf', scope: 'page', dark: true },
    { format: 'svg', scope: 'selection', dark: false },
  ])
  expect(paletteAction('export:pdf')?.canRun(editorOf(rig))).toBe(false)
})
