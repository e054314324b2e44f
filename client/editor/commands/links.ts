import type { CommandTarget } from '../actions.ts'
import { loneLink } from '../bookmarks.ts'
import type { Command } from './command.ts'

/** Where the one selected shape leads; undefined where there is no such place. */
function linkOf({ selected }: CommandTarget): string | undefined {
  const [only, ...others] = selected
  return only && others.length === 0 ? loneLink(only.link) : undefined
}

export const LINK_COMMANDS: readonly Command[] = [
  {
    id: 'open-link',
    title: 'Open link',
    section: 'Edit',
    keys: [],
    enabled: editor => editor.panels !== undefined && linkOf(editor) !== undefined,
    run(editor) {
      const link = linkOf(editor)
      if (link !== undefined) editor.panels?.openLink(link)
    },
  },
]
