import { expect, test } from 'vitest'
import { commandsFor } from '../../editor/commands/index.ts'
import { TOOLS } from '../../shapes/index.ts'
import { helpSections } from './help-sections.ts'

const COMMANDS = commandsFor(TOOLS)

test('every command is on the sheet once, the arrow keys as one line', () => {
  const titles = helpSections(COMMANDS).flatMap(({ rows }) => rows.map(({ title }) => title))
  const expected = COMMANDS.filter(({ id }) => !id.startsWith('nudge-'))
  for (const { title } of expected) expect(titles.filter(each => each === title)).toHaveLength(1)
  expect(titles.filter(title => title.startsWith('Move by'))).toHaveLength(1)
})

test('the sheet is searched by name, whatever its case, and by key', () => {
  const titles = (query: string) =>
    helpSections(COMMANDS, query).flatMap(({ rows }) => rows.map(({ title }) => title))
  expect(titles('ZOOM')).toContain('Zoom to fit')
  expect(titles('mod+z')).toEqual(['Undo'])
  expect(titles('move up')).toContain('Move up')
  expect(titles('xyzzy')).toEqual([])
})
