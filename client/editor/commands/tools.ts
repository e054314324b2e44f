import { writes } from '../tool-names.ts'
import type { ToolEntry } from '../types.ts'
import { always, type Command, canWrite } from './command.ts'

/** A command for each tool: its key, and its line in the palette. */
export const toolCommands = (tools: readonly ToolEntry[]): readonly Command[] =>
  tools.map(({ name, title, keys }) => ({
    id: `tool-${name}`,
    title,
    section: 'Tools',
    keys,
    enabled: writes(name) ? canWrite : always,
    run: editor => editor.use(name),
  }))

/** What adds to the board without a tool. */
export const INSERT_COMMANDS: readonly Command[] = [
  {
    id: 'image',
    title: 'Image',
    section: 'Tools',
    keys: ['9'],
    enabled: editor => canWrite(editor) && editor.images !== undefined,
    run: editor => editor.images?.choose(),
  },
]
