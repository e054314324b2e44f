import uFuzzy from '@leeoniya/ufuzzy'
import { fold } from '../../../shared/util/fold.ts'
import type { AppCommand } from '../app-editor.ts'

/** A command of the editor, or an action of the app. */
export type PaletteCommand = Pick<AppCommand, 'id' | 'title' | 'keys'> & { readonly section: string }

/** A command in the palette, and which characters of its title the search has found. */
export interface PaletteRow {
  readonly command: PaletteCommand
  /** Pairs of start and end within the title. */
  readonly marks: readonly number[]
  readonly isRecent: boolean
  readonly canRun: boolean
}

/** Forgives one wrong, missing, doubled or swapped letter of a word. */
const fuzzy = new uFuzzy({ intraMode: 1 })
/** The words of a query may stand in any order, as long as there are few. */
const MOST_WORDS = 3

/**
 * What the palette lists: without a query what was used last and then everything, else the best match first. What
 * would do nothing now comes last.
 */
export function paletteRows(
  commands: readonly PaletteCommand[],
  query: string,
  recent: readonly string[],
  canRun: (command: string) => boolean,
): readonly PaletteRow[] {
  const row = (command: PaletteCommand, marks: readonly number[] = []): PaletteRow => ({
    ...{ command, marks },
    isRecent: query === '' && recent.includes(command.id),
    canRun: canRun(command.id),
  })
  const rows =
    query === '' ? byUse(commands, recent).map(command => row(command)) : found(commands, query, row)
  return [...rows.filter(each => each.canRun), ...rows.filter(each => !each.canRun)]
}

function byUse(commands: readonly PaletteCommand[], recent: readonly string[]): readonly PaletteCommand[] {
  const last = recent.flatMap(id => commands.find(command => command.id === id) ?? [])
  return [...last, ...commands.filter(command => !last.includes(command))]
}

function found(
  commands: readonly PaletteCommand[],
  query: string,
  row: (command: PaletteCommand, marks: readonly number[]) => PaletteRow,
): readonly PaletteRow[] {
  const titles = commands.map(({ title, section }) => fold(`${title} ${section}`))
  const [ids, info, order] = fuzzy.search(titles, fold(query), MOST_WORDS)
  if (!ids) return []
  if (!info || !order) return ids.flatMap(at => (commands[at] ? row(commands[at], []) : []))
  return order.flatMap(rank => {
    const command = commands[info.idx[rank] as number]
    if (!command) return []
    return row(
      command,
      (info.ranges[rank] ?? []).map(at => Math.min(at, command.title.length)),
    )
  })
}

/** `recent` once `id` was used; as many as a glance takes in. */
export const withRecent = (recent: readonly string[], id: string): readonly string[] =>
  [id, ...recent.filter(each => each !== id)].slice(0, 5)
