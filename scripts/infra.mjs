// `npm run infra [-- file filters]`: holds everything in infra/ against the program that it is for, and runs the relay
// as it says. Installs those programs where it may; one that is missing leaves its tests out, and says so.
import { rmSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PROGRAMS, provide } from './infra/programs.mjs'
import { buildChanged } from './lib/build.mjs'
import { install, ROOT } from './lib/install.mjs'
import { fail, run } from './lib/run.mjs'

const RESULTS = join(ROOT, '.cache/infra')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')

await main(process.argv.slice(2))

/** @param {string[]} filters */
async function main(filters) {
  await install()
  const missing = await provide()
  // A continuous integration that leaves something out would say that all is well when it is not.
  if (missing.length > 0 && process.env.CI) fail(notRun(missing))
  await buildChanged()

  rmSync(join(RESULTS, 'tally'), { force: true })
  await mkdir(RESULTS, { recursive: true })
  const report = join(RESULTS, 'report.json')
  rmSync(report, { force: true })
  const { code } = await run(
    process.execPath,
    [
      VITEST,
      'run',
      '--config=scripts/infra/vitest.config.ts',
      '--reporter=verbose',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    ],
    { cwd: ROOT },
  )
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(await readFile(report, 'utf8'))
  // As `npm test` leaves it for .ci/run. A run that broke down before it could count has failed all the same.
  await writeFile(join(RESULTS, 'tally'), `${passed} ${code === 0 ? failed : Math.max(1, failed)}\n`)
  if (missing.length > 0) console.log(notRun(missing))
  if (passed + failed === 0) fail('No check was run.')
  process.exitCode = code
}

/** @param {readonly (keyof typeof PROGRAMS)[]} missing */
function notRun(missing) {
  const packages = [...new Set(missing.map(program => PROGRAMS[program]))]
  return [
    `Not run: what needs ${missing.join(', ')}.`,
    'Install them (not where they would serve something else: their packages start them):',
    `  apt-get install ${packages.join(' ')}`,
  ].join('\n')
}
