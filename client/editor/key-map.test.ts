import { expect, test } from 'vitest'
import { TOOLS } from '../shapes/index.ts'
import { commandsFor } from './commands/index.ts'
import { withKeys } from './key-map.ts'
import { commandFor, type KeyPress } from './keys.ts'

const COMMANDS = commandsFor(TOOLS)
const press = (key: string): KeyPress => ({
  ...{ key, code: `Key${key.toUpperCase()}` },
  ...{ ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
})

test("a key of the person's own stands for its command, and the command's own key no longer does", () => {
  const mine = withKeys(COMMANDS, { 'tool-hand': ['j'] })
  expect(commandFor(mine, press('j'), false)?.id).toBe('tool-hand')
  expect(commandFor(mine, press('h'), false)).toBeUndefined()
  expect(commandFor(mine, press('v'), false)?.id).toBe('tool-select')
})

test('a command may have no key at all, and one that is gone is forgotten', () => {
  const mine = withKeys(COMMANDS, { 'tool-hand': [], 'tool-of-yesterday': ['j'] })
  expect(commandFor(mine, press('h'), false)).toBeUndefined()
  expect(mine.map(({ id }) => id)).toEqual(COMMANDS.map(({ id }) => id))
})

test('no name from a stored file reaches beyond the commands', () => {
  expect(withKeys(COMMANDS, JSON.parse('{"__proto__": ["j"], "constructor": ["k"]}'))).toEqual(COMMANDS)
})
