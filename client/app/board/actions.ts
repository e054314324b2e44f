import type { TemplateResult } from 'lit'
import type { AppEditor } from '../app-editor.ts'
import { ACTIONS } from '../model/command-groups.ts'
import { type IconName, icon } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'

export interface Action {
  readonly command: string
  readonly title: string
  readonly keys: string
  readonly picture: TemplateResult
}

const ICONS: Readonly<Record<(typeof ACTIONS)[number], IconName>> = {
  'order-to-back': 'toBack',
  'order-to-front': 'toFront',
  duplicate: 'copy',
  delete: 'trash',
}

export function actions(editor: AppEditor): readonly Action[] {
  return ACTIONS.flatMap(id => {
    const command = editor.commands.find(each => each.id === id)
    if (!command) return []
    return [{ command: id, title: command.title, keys: shownKeys(command.keys[0]), picture: icon(ICONS[id]) }]
  })
}
