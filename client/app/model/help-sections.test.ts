import { expect, test } from 'vitest'
import { commandsFor } from '../../editor/commands/index.ts'
import { TOOLS } from '../../shapes/index.ts'
import { helpSections } from './help-sections.ts'

const COMMANDS = commandsFor(TOOLS)

test('every command with a key is on the help sheet once, the arrow keys as one line', () => {
  const titles = helpSections(COMMANDS).flatMap(({ rows }) => rows.map(({ title }) => title))
  const expected = COMMANDS.filter(({ id, keys }) => keys.length > 0 && !id.startsWith('nudge-'))
  for (const { title } of expected) expect(titles.filter(each => each === title)).toHaveLength(1)
  expect(titles.filter(title => title.startsWith('Move by'))).toHaveLength(1)
})
