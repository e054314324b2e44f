import { type ParseArgsConfig, parseArgs } from 'node:util'
import { isBoardId } from '../../shared/util/ids.ts'

export const FORMATS = ['v1', 'v2', 'json'] as const

export type Format = (typeof FORMATS)[number]

/** What the operator asked for. */
export type Command =
  | { readonly name: 'serve' }
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'export'; readonly board: string; readonly out: string; readonly format: Format }
  | { readonly name: 'import'; readonly file: string; readonly board: string; readonly force: boolean }
  /** `board` null: all. */
  | { readonly name: 'verify'; readonly board: string | null }

/** A command line that cannot be carried out, in words for who wrote it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  out: { type: 'string' },
  format: { type: 'string' },
  board: { type: 'string' },
  force: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options']

type Option = keyof typeof OPTIONS
type Values = { [Name in Option]?: (typeof OPTIONS)[Name]['type'] extends 'boolean' ? boolean : string }

/** Reads a command line, without the names of Node and of the program. Throws UsageError. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = read(args)
  if (values.help) return { name: 'help' }
  if (values.version) return { name: 'version' }
  const [name = 'serve', ...rest] = positionals
  switch (name) {
    case 'serve':
      refuseOthers(name, values, [])
      refuseRest(name, rest)
      return { name }
    case 'help':
      return { name }
    case 'export': {
      refuseOthers(name, values, ['out', 'format'])
      const [board, ...more] = rest
      refuseRest(name, more)
      return {
        name,
        board: boardId(board, 'export <board>'),
        out: required(values.out, '--out <file>'),
        format: formatOf(values.format),
      }
    }
    case 'import': {
      refuseOthers(name, values, ['board', 'force'])
      const [file, ...more] = rest
      refuseRest(name, more)
      return {
        name,
        file: required(file, 'import <file>'),
        board: boardId(values.board, '--board <id>'),
        force: values.force ?? false,
      }
    }
    case 'verify': {
      refuseOthers(name, values, [])
      const [board, ...more] = rest
      refuseRest(name, more)
      return { name, board: board === undefined ? null : boardId(board, 'verify [board]') }
    }
    default:
      throw new UsageError(
        `There is no command ${JSON.stringify(name)}. Use serve, export, import or verify, or --help.`,
      )
  }
}

/** Goes before an id that looks like an option, and cannot be in an argument otherwise. */
const MARK = '\0'

/** One in 64 ids begins with a dash. No option of ours is as long as an id. */
const marked = (arg: string): string => (arg.startsWith('-') && isBoardId(arg) ? MARK + arg : arg)

const unmarked = (value: string): string => value.replace(MARK, '')

function read(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: args.map(marked),
      options: OPTIONS,
      allowPositionals: true,
    })
    const board = values.board === undefined ? {} : { board: unmarked(values.board) }
    return { values: { ...values, ...board }, positionals: positionals.map(unmarked) }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function refuseOthers(command: string, values: Values, known: readonly Option[]): void {
  const other = (Object.keys(values) as Option[]).find(name => !known.includes(name))
  if (other) throw new UsageError(`${command} has no option --${other}. See --help.`)
}

function refuseRest(command: string, [first]: readonly string[]): void {
  if (first !== undefined)
    throw new UsageError(`${command} does not know what to do with ${JSON.stringify(first)}. See --help.`)
}

function required(value: string | undefined, what: string): string {
  if (value) return value
  throw new UsageError(`${what} is missing. See --help.`)
}

function boardId(value: string | undefined, what: string): string {
  const id = required(value, what)
  if (isBoardId(id)) return id
  throw new UsageError(
    `${JSON.stringify(id)} is not the id of a board, which is the part of its address after /b/: 16 to 64 of A-Z a-z 0-9 _ -.`,
  )
}

function formatOf(value = 'v2'): Format {
  const format = FORMATS.find(known => known === value)
  if (format) return format
  throw new UsageError(`--format=${value} is not known. Use one of: ${FORMATS.join(', ')}.`)
}
