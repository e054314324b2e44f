import { html, nothing, type TemplateResult } from 'lit'
import type { Shape } from '../../../shared/shapes/index.ts'
import type { Settings } from '../../editor/types.ts'
import type { AppCommand, AppEditor } from '../app-editor.ts'
import type { CommandFacts, CommandGroups, MenuEntry } from '../model/command-groups.ts'
import { icon } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'

/** Commands that switch a setting, which their item shows. */
const SWITCHES: Readonly<Record<string, keyof Settings>> = {
  snapping: 'snapping',
  grid: 'grid',
  'tool-lock': 'toolLock',
  'pen-only': 'penOnly',
}

export const factsOf = (editor: AppEditor): CommandFacts => ({
  exists: id => commandOf(editor, id) !== undefined,
  canRun: id => commandOf(editor, id) !== undefined && editor.canRun(id),
})

/** A menu item for each command, a line between the groups. `groups` are those shown, see `shownGroups`. */
export const commandGroups = (
  editor: AppEditor,
  groups: CommandGroups,
  slot?: string,
): readonly TemplateResult[] =>
  groups.map(
    (group, i) =>
      html`${i > 0 ? html`<hr role="separator" slot=${slot ?? nothing} />` : nothing}${group.map(entry => entryItem(editor, entry, slot))}`,
  )

/** A submenu: its own items are slotted into the one that opens it. */
export const submenu = (title: string, items: unknown, slot?: string): TemplateResult =>
  html`<wa-dropdown-item slot=${slot ?? nothing}>${title}${items}</wa-dropdown-item>`

const entryItem = (editor: AppEditor, entry: MenuEntry, slot: string | undefined) =>
  typeof entry === 'string'
    ? commandItem(editor, entry, slot)
    : submenu(entry.title, commandGroups(editor, entry.groups, 'submenu'), slot)

function commandItem(editor: AppEditor, id: string, slot: string | undefined) {
  const command = commandOf(editor, id)
  if (!command) return nothing
  const keys = shownKeys(command.keys[0])
  const setting = SWITCHES[id]
  const isOn = setting !== undefined && editor.state.settings[setting]
  return html`<wa-dropdown-item slot=${slot ?? nothing} value=${`command:${id}`} ?disabled=${!editor.canRun(id)}
    type=${setting === undefined ? 'normal' : 'checkbox'} ?checked=${isOn} variant=${id === 'delete' ? 'danger' : 'default'}>
    ${titleOf(editor, command)}${keys ? html`<kbd slot="details">${keys}</kbd>` : nothing}${isOn ? icon('check', 'details') : nothing}
  </wa-dropdown-item>`
}

/** A menu knows which of the two locking would do. */
function titleOf({ state, board }: AppEditor, { id, title }: AppCommand): string {
  if (id !== 'lock') return title
  return [...state.selection].every(each => isLocked(board.shapes.get(each))) ? 'Unlock' : 'Lock'
}

const isLocked = (shape: Shape | undefined): boolean =>
  shape !== undefined && shape.type !== 'unreadable' && shape.locked

const commandOf = (editor: AppEditor, id: string): AppCommand | undefined =>
  editor.commands.find(each => each.id === id)
