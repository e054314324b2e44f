import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { UsageError } from './cli/values.ts'
import { reportHtml } from './output/html.ts'
import { readRuns } from './output/read.ts'

const HELP = `One report of one load test or of several, side by side; the first is what the others are compared with.

Usage: npm run load:report -- <results.json> [more.json ...] -o <report.html>`

async function main(args: readonly string[]): Promise<void> {
  const { files, out } = parsed(args)
  if (files.length === 0) {
    console.log(HELP)
    return
  }
  if (out === undefined) throw new UsageError('Where to? Give -o report.html.')
  const runs = (await Promise.all(files.map(readRuns))).flat()
  await writeFile(out, await reportHtml(runs))
  console.log(`${out}: ${runs.map(run => run.label).join(', ')}`)
}

function parsed(args: readonly string[]): { files: readonly string[]; out: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string', short: 'o' }, help: { type: 'boolean', short: 'h' } },
    })
    return { files: values.help ? [] : positionals, out: values.out }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${HELP}`)
  }
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
