import { createHash } from 'node:crypto'
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'
import type { Config } from './config.ts'

/** Hex digits. Enough to tell the boards of one relay apart, and nothing leads back from it to the id. */
const TAG_LENGTH = 12

/** What names a board in a log: its id opens it where AUTH is open, and logs are read by more people than boards are. */
export const boardTag = (board: string): string =>
  createHash('sha256').update(`driftboard board tag\n${board}`).digest('hex').slice(0, TAG_LENGTH)

/** The ids in texts: `board <id>` in our messages, `boards/<id>/` in the keys of objects. */
const BOARD_IN_TEXT = /\b([Bb]oards?[ /])([A-Za-z0-9_-]{16,64})/g

const hideBoards = (text: string): string =>
  text.replace(BOARD_IN_TEXT, (_, before: string, board: string) => before + boardTag(board))

/** Fields that nobody logs on purpose. An object of a library, logged whole, may hold them. */
const SECRETS = ['credential', 'authorization', 'token', 'password', 'secret', 'key', 'cookie']

/** The relay's log: JSON, boards by their tags, secrets left out. */
export function createLogger(level: Config['logLevel'], destination: DestinationStream): Logger {
  return pino(
    {
      level,
      redact: SECRETS.flatMap(name => [name, `*.${name}`, `*.*.${name}`]),
      serializers: { board: boardTag, err: errorRecord },
      // The whole line: an id may stand in any text of it.
      hooks: { streamWrite: hideBoards },
    },
    destination,
  )
}

/** Name, message and stack. What else an error of a library carries, such as a request with its headers, stays out. */
function errorRecord(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { type, message, stack } = stdSerializers.err(error)
  return { type, message, stack }
}
