import { setFlagsFromString } from 'node:v8'
import { parseCommand, UsageError } from './cli/command.ts'
import { run } from './cli/run.ts'

/** Exit codes: 1 when it could not be done, or something was found wrong; 2 when the command line is not understood. */
const FAILED = 1
const MISUSED = 2

// Whatever we write, LevelDB's files too, is for nobody else on this machine.
process.umask(0o077)

// What a relay allocates dies young: four threads that look for the rest together cost more than one does alone.
setFlagsFromString('--no-parallel-scavenge')

try {
  const code = await run(parseCommand(process.argv.slice(2)), process.env)
  if (code !== null) process.exitCode = code
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  if (process.env.LOG_LEVEL === 'debug' || process.env.LOG_LEVEL === 'trace') console.error(error)
  process.exit(error instanceof UsageError ? MISUSED : FAILED)
}
