import { fold } from '../../../shared/util/fold.ts'
import type { AppCommand } from '../app-editor.ts'

export interface HelpRow {
  /** The command, where the row stands for one whose keys can be chosen. */
  readonly id?: string
  readonly title: string
  readonly keys: readonly string[]
}

export interface HelpSection {
  readonly title: string
  readonly rows: readonly HelpRow[]
}

const SECTIONS: readonly AppCommand['section'][] = ['Tools', 'View', 'Edit', 'Arrange']

/** Eight commands, one for each arrow key with and without shift: one line says it, until somebody looks for them. */
const NUDGE = 'nudge-'
const NUDGES: HelpRow = { title: 'Move by 1, by 10', keys: ['Arrow', 'shift+Arrow'] }

/** What the pointer does, which no command stands for. */
const POINTER: HelpSection = {
  title: 'With the pointer',
  rows: [
    { title: 'Move around', keys: ['Space+Drag', 'Wheel'] },
    { title: 'Zoom at the pointer', keys: ['mod+Wheel'] },
    { title: 'Keep proportions, 15° steps', keys: ['shift+Drag'] },
    { title: 'From the centre, or a copy', keys: ['alt+Drag'] },
    { title: 'Do not snap or attach', keys: ['mod+Drag'] },
    { title: 'Add to the selection', keys: ['shift+Click'] },
    { title: 'Write inside a shape', keys: ['Double-click'] },
  ],
}

/** The sheet of shortcuts: every command, in sections; with a `query`, those whose title or keys hold it. */
export function helpSections(commands: readonly AppCommand[], query = ''): readonly HelpSection[] {
  const looksFor = fold(query.trim())
  const sections = SECTIONS.map(title => ({
    title,
    rows: commands
      .filter(({ id, section }) => section === title && (looksFor !== '' || !id.startsWith(NUDGE)))
      .map(({ id, title: name, keys }): HelpRow => ({ id, title: name, keys })),
  }))
  const all = [...(looksFor === '' ? sections.map(withNudges) : sections), POINTER]
  return all
    .map(section => ({ ...section, rows: section.rows.filter(row => holds(row, looksFor)) }))
    .filter(({ rows }) => rows.length > 0)
}

const holds = ({ title, keys }: HelpRow, query: string): boolean =>
  fold(title).includes(query) || keys.some(each => each.toLowerCase() === query)

const withNudges = (section: HelpSection): HelpSection =>
  section.title === 'Arrange' ? { ...section, rows: [...section.rows, NUDGES] } : section
