import { html, nothing, type TemplateResult } from 'lit'
import type { AppEditor } from '../app-editor.ts'
import { MAIN_MENU, shownGroups } from '../model/command-groups.ts'
import type { ThemeChoice, ThemeStore } from '../model/theme.ts'
import { icon } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { LOCK_KEYS } from '../vault/lock-keys.ts'
import { commandGroups, factsOf, submenu } from './command-items.ts'

const THEMES: readonly { choice: ThemeChoice; title: string }[] = [
  { choice: 'light', title: 'Light' },
  { choice: 'dark', title: 'Dark' },
  { choice: 'system', title: 'As the system' },
]

/** What is in the main menu. `canLock`: a lock is there that can be closed now. */
export const menuItems = (
  editor: AppEditor,
  themes: ThemeStore | undefined,
  canLock: boolean,
): TemplateResult => html`
  <wa-dropdown-item value="app:home">Your boards</wa-dropdown-item>
  <wa-dropdown-item value="app:files">Open a file…</wa-dropdown-item>
  <wa-dropdown-item value="app:copy">Save a copy…</wa-dropdown-item>
  ${commandGroups(editor, shownGroups([['export']], factsOf(editor)))}
  <hr role="separator" />
  ${commandGroups(editor, shownGroups(MAIN_MENU, factsOf(editor)))}
  ${submenu('Theme', themeItems(themes))}
  <hr role="separator" />
  <wa-dropdown-item value="app:security">Security…</wa-dropdown-item>
  ${canLock ? html`<wa-dropdown-item value="app:lock">Lock now<kbd slot="details">${shownKeys(LOCK_KEYS)}</kbd></wa-dropdown-item>` : nothing}
  ${commandGroups(editor, shownGroups([['shortcuts']], factsOf(editor)))}
`

const themeItems = (themes: ThemeStore | undefined): TemplateResult => html`
  ${THEMES.map(({ choice, title }) => checkItem(`theme:${choice}`, title, themes?.choice === choice))}
  <hr role="separator" slot="submenu" />
  ${checkItem('contrast:', 'High contrast', themes?.contrast === 'more')}
`

const checkItem = (value: string, title: string, isChosen: boolean): TemplateResult =>
  html`<wa-dropdown-item slot="submenu" type="checkbox" value=${value} ?checked=${isChosen}>
    ${title}${isChosen ? icon('check', 'details') : nothing}
  </wa-dropdown-item>`
