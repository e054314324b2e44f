import { html, type TemplateResult } from 'lit'
import type { AppEditor } from '../app-editor.ts'
import type { CommandGroups } from '../model/command-groups.ts'
import { shownKeys } from '../ui/keys.ts'

/** A menu item for each command, a line between the groups. */
export const commandGroups = (editor: AppEditor, groups: CommandGroups): readonly TemplateResult[] =>
  groups.map(
    (group, i) =>
      html`${i > 0 ? html`<hr role="separator" />` : ''}${group.map(id => commandItem(editor, id))}`,
  )

function commandItem(editor: AppEditor, id: string) {
  const command = editor.commands.find(each => each.id === id)
  if (!command) return ''
  const keys = shownKeys(command.keys[0])
  return html`<wa-dropdown-item value=${`command:${id}`} ?disabled=${!editor.canRun(id)}
    variant=${id === 'delete' ? 'danger' : 'default'}>
    ${command.title}${keys ? html`<kbd slot="details">${keys}</kbd>` : ''}
  </wa-dropdown-item>`
}
