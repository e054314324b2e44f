import { writeFile } from 'node:fs/promises'
import { COMPARE_HELP, type CompareOptions, parseCompare } from './cli/compare-options.ts'
import { EXIT, type ExitCode, endOnSignals } from './cli/exit.ts'
import { checkWritable } from './cli/files.ts'
import { comparisonTrouble, exitOfComparison } from './cli/outcome.ts'
import { checkCores } from './cli/surroundings.ts'
import { UsageError } from './cli/values.ts'
import { reportHtml } from './output/html.ts'
import { ratioTable } from './output/ratios.ts'
import { LiveView } from './output/terminal.ts'
import type { Load } from './plan.ts'
import { FORMAT_VERSION } from './result.ts'
import { compareAll, type Entry } from './run/comparison.ts'
import { machine } from './run/machine.ts'
import { pinning } from './run/pinning.ts'

async function main(args: readonly string[]): Promise<ExitCode> {
  const options = parseCompare(args)
  if (options === 'help') {
    console.log(COMPARE_HELP)
    return EXIT.held
  }
  checkCores(options)
  for (const file of [options.json, options.html]) await checkWritable(file)
  const pinned = pinning(options)
  const { cpu, cores, node } = machine()
  console.log(`${cpu}, ${cores} cores, Node ${node}, ${new Date().toISOString().slice(0, 10)}`)
  console.log(
    pinned.core === null
      ? 'This machine cannot pin processes: server and generator share all cores.'
      : `Servers on core ${pinned.core}, generator on ${pinned.generatorCores} in ${pinned.processes} processes.`,
  )
  const watch = (title: string, { duration }: Load): LiveView => {
    console.log(`\n${title}`)
    return new LiveView(process.stdout, duration)
  }
  const entries = await compareAll({ options, pinned, watch })
  console.log(`\n${ratioTable(entries)}`)
  await write(options, entries)
  for (const trouble of comparisonTrouble(entries)) console.log(`\n${trouble}`)
  return exitOfComparison(entries)
}

async function write({ json, html }: CompareOptions, entries: readonly Entry[]): Promise<void> {
  const content = { format: 'driftboard-load-compare', version: FORMAT_VERSION, machine: machine(), entries }
  if (json !== null) await writeFile(json, `${JSON.stringify(content, null, 1)}\n`)
  if (html !== null) await writeFile(html, await reportHtml(entries.map(entry => entry.result)))
}

endOnSignals()

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof UsageError ? EXIT.misused : EXIT.missed
}
