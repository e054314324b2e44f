import { writeFile } from 'node:fs/promises'
import { checkWritable } from './cli/files.ts'
import { helpText } from './cli/help.ts'
import { type Options, parseCommand } from './cli/options.ts'
import { UsageError } from './cli/values.ts'
import { reportHtml } from './output/html.ts'
import { LiveView, summary } from './output/terminal.ts'
import type { RampResult, RunResult } from './result.ts'
import { runOnce, runRamp } from './run/session.ts'

/** Exit codes: 1 when it did not hold, or could not run; 2 when the command line is not understood. */
const MISSED = 1
const MISUSED = 2

async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args)
  if (command.name === 'help') {
    console.log(helpText())
    return 0
  }
  const { options } = command
  for (const file of [options.json, options.html]) await checkWritable(file)
  const watch = ({ duration }: { duration: number }): LiveView => new LiveView(process.stdout, duration)
  const parts = { options, watch, onRun: (result: RunResult) => say(summary(result)) }
  if (options.ramp === null) {
    const result = await runOnce(parts)
    say(summary(result))
    await write(options, result, [result])
    return result.verdict.isHeld ? 0 : MISSED
  }
  const found = await runRamp(parts, options.ramp)
  say(rampLine(found))
  await write(options, found, found.runs)
  return found.highest === null ? MISSED : 0
}

const say = (text: string): void => console.log(`${process.stdout.isTTY ? '\r\x1b[2K' : ''}\n${text}`)

function rampLine({ by, highest, isGeneratorLimited, trouble }: RampResult): string {
  const what = by === 'clients' ? 'people' : 'edits a second of each'
  if (highest === null) return `Not even the first load held. Begin lower: --${by}.`
  const limit = isGeneratorLimited
    ? ' The generator could do no more: the relay may hold more, with more cores or --processes.'
    : ''
  const end = trouble === null ? '' : ` A higher one could not be run: ${trouble}`
  return `The highest load that held: ${highest} ${what}.${limit}${end}`
}

async function write(
  { json, html }: Options,
  content: RunResult | RampResult,
  runs: readonly RunResult[],
): Promise<void> {
  if (json !== null) await writeFile(json, `${JSON.stringify(content, null, 1)}\n`)
  if (html !== null) await writeFile(html, await reportHtml(runs))
}

// Ends at once, and takes what it started along: that waits for this process's `exit`, which a signal alone does not bring.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(MISSED))

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof UsageError ? MISUSED : MISSED
}
