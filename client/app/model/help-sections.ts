import type { AppCommand } from '../app-editor.ts'

export interface HelpSection {
  readonly title: string
  readonly rows: readonly { readonly title: string; readonly keys: readonly string[] }[]
}

const SECTIONS: readonly AppCommand['section'][] = ['Tools', 'View', 'Edit', 'Arrange']

/** More keys than these for one command are for those who look for them by habit. */
const MOST_KEYS = 2

/** Eight commands, one for each arrow key with and without shift: one line says it. */
const NUDGE = 'nudge-'
const NUDGES = { title: 'Move by 1, by 10', keys: ['Arrow', 'shift+Arrow'] }

/** What the pointer does, which no command stands for. */
const POINTER: HelpSection = {
  title: 'With the pointer',
  rows: [
    { title: 'Move around', keys: ['Space+Drag', 'Wheel'] },
    { title: 'Zoom at the pointer', keys: ['mod+Wheel'] },
    { title: 'Keep proportions, 15° steps', keys: ['shift+Drag'] },
    { title: 'From the centre, or a copy', keys: ['alt+Drag'] },
    { title: 'Add to the selection', keys: ['shift+Click'] },
    { title: 'Write inside a shape', keys: ['Double-click'] },
  ],
}

/** The help sheet: every command that has a key, in sections. */
export function helpSections(commands: readonly AppCommand[]): readonly HelpSection[] {
  const sections = SECTIONS.map(title => ({
    title,
    rows: commands
      .filter(({ id, section, keys }) => section === title && keys.length > 0 && !id.startsWith(NUDGE))
      .map(command => ({ title: command.title, keys: command.keys.slice(0, MOST_KEYS) })),
  }))
  return [...sections.map(withNudges), POINTER]
}

const withNudges = (section: HelpSection): HelpSection =>
  section.title === 'Arrange' ? { ...section, rows: [...section.rows, NUDGES] } : section
