import { writeFile } from 'node:fs/promises'
import { EXIT, type ExitCode, endOnSignals } from './cli/exit.ts'
import { checkWritable } from './cli/files.ts'
import { helpText } from './cli/help.ts'
import { type Options, parseCommand } from './cli/options.ts'
import { exitOf, exitOfRamp } from './cli/outcome.ts'
import { checkSurroundings } from './cli/surroundings.ts'
import { UsageError } from './cli/values.ts'
import { reportHtml } from './output/html.ts'
import { LiveView, summary } from './output/terminal.ts'
import type { RampResult, RunResult } from './result.ts'
import { runOnce, runRamp } from './run/session.ts'

async function main(args: readonly string[]): Promise<ExitCode> {
  const command = parseCommand(args)
  if (command.name === 'help') {
    console.log(helpText())
    return EXIT.held
  }
  const { options } = command
  await checkSurroundings(options)
  for (const file of [options.json, options.html]) await checkWritable(file)
  const watch = ({ duration }: { duration: number }): LiveView => new LiveView(process.stdout, duration)
  const parts = { options, watch, onRun: (result: RunResult) => say(summary(result)) }
  if (options.ramp === null) {
    const result = await runOnce(parts)
    say(summary(result))
    await write(options, result, [result])
    return exitOf(result.verdict)
  }
  const found = await runRamp(parts, options.ramp)
  say(rampLine(found))
  await write(options, found, found.runs)
  return exitOfRamp(found)
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

endOnSignals()

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof UsageError ? EXIT.misused : EXIT.missed
}
