// `npm test [-- [--only=unit|node24|e2e|firefox|webkit] [file filters]]`: installs what the tests need, then runs every suite:
// vitest here, the relay's suites again on Node 24, and against the built app Playwright and what other browsers can do.
// S3 suites run on a server of our own, or on that of TEST_S3_ENDPOINT, TEST_S3_BUCKET and the AWS_ credentials.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildChanged } from './lib/build.mjs'
import { playwrightFailures, vitestFailures } from './lib/failures.mjs'
import { requireFirefox } from './lib/firefox.mjs'
import { install, ROOT } from './lib/install.mjs'
import { requireNode24 } from './lib/node24.mjs'
import { fail, run } from './lib/run.mjs'
import { startS3 } from './lib/s3.mjs'
import { requireWebKit } from './lib/webkit.mjs'

/** @typedef {{ name: string, passed: number, failed: number, failures: import('./lib/failures.mjs').Failure[] }} Tally */

const RESULTS = join(ROOT, '.cache/test')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
const PLAYWRIGHT = join(ROOT, 'node_modules/@playwright/test/cli.js')

/** Suites that take a minute and ask nothing of the Node below them that the others do not. */
const SLOW_ALIKE = ['**/crash/**', '**/room-fuzz.test.ts', '**/room-soak.test.ts'].map(
  pattern => `--exclude=${pattern}`,
)

/** @type {Record<string, (filters: string[], env: Record<string, string>) => Promise<Tally | null>>} */
const SUITES = { unit, node24, e2e, firefox, webkit }

await main(process.argv.slice(2))

/** @param {string[]} args */
async function main(args) {
  const only = args.find(arg => arg.startsWith('--only='))?.slice('--only='.length)
  if (only !== undefined && !(only in SUITES)) {
    fail(`--only=${only} names no suite. Choose one of ${Object.keys(SUITES).join(', ')}.`)
  }
  const filters = args.filter(arg => !arg.startsWith('--only='))

  await install()
  const s3 = await startS3(only, filters)
  try {
    await runSuites(only, filters, s3.env)
  } finally {
    await s3.stop()
  }
}

/**
 * @param {string | undefined} only
 * @param {string[]} filters
 * @param {Record<string, string>} env
 */
async function runSuites(only, filters, env) {
  rmSync(RESULTS, { recursive: true, force: true })
  mkdirSync(RESULTS, { recursive: true })
  /** @type {Tally[]} */
  const tallies = []
  let passed = 0
  let failed = 0
  for (const [name, suite] of Object.entries(SUITES)) {
    if (only !== undefined && only !== name) continue
    const tally = await suite(filters, env)
    if (!tally) continue
    tallies.push(tally)
    passed += tally.passed
    failed += tally.failed
    // After each suite: what follows may end the run, as a build that fails does.
    writeFileSync(join(RESULTS, 'tally'), `${passed} ${failed}\n`)
  }
  for (const { title, message } of tallies.flatMap(({ failures }) => failures))
    console.log(`\n✘ ${title}\n${message}`)
  console.log()
  for (const { name, ...tally } of tallies)
    console.log(name.padEnd(24), `${tally.passed} ok, ${tally.failed} not ok`)
  if (passed + failed === 0) fail('No test was run.')
  if (failed > 0) process.exitCode = 1
}

/**
 * @param {string[]} filters
 * @param {Record<string, string>} env
 */
function unit(filters, env) {
  return vitest(`vitest, Node ${process.versions.node}`, process.execPath, filters, env)
}

/**
 * @param {string[]} filters
 * @param {Record<string, string>} env
 */
async function node24(filters, env) {
  const executable = await requireNode24()
  if (executable)
    return vitest('vitest relay, Node 24', executable, filters, env, ['--dir', 'relay', ...SLOW_ALIKE])
  console.log(`\nThe relay suites run on Node ${process.versions.node} only: NODE24 names no other.`)
  return null
}

/** @param {string[]} filters */
async function e2e(filters) {
  // Imported only now: it needs the packages that `install` brought.
  const { requireChromium } = await import('./lib/chromium.mjs')
  const chromium = await requireChromium()
  await buildChanged()
  const report = join(RESULTS, 'e2e.json')
  const { code } = await run(
    process.execPath,
    [PLAYWRIGHT, 'test', '--reporter=list,json', ...orNone('--pass-with-no-tests', filters)],
    { cwd: ROOT, env: { ...process.env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  )
  const results = readReport(report)
  const { expected = 0, unexpected = 0, flaky = 0 } = results.stats ?? {}
  const failed = unexpected + flaky + (results.errors?.length ?? 0)
  return tally('Playwright, Chromium', code, expected, failed, playwrightFailures(results))
}

/** @param {string[]} filters */
async function firefox(filters) {
  return await browser('Firefox', 'firefox', requireFirefox, filters)
}

/** @param {string[]} filters */
async function webkit(filters) {
  return await browser('WebKit', 'webkit', requireWebKit, filters)
}

/**
 * Browsers of which one file of tests shows that the app works there. Left out where they cannot be had, which TEST_BROWSERS=required
 * makes a failure.
 * @param {string} name
 * @param {string} file
 * @param {() => Promise<string | null>} require resolves with what is missing
 * @param {string[]} filters
 */
async function browser(name, file, require, filters) {
  if (filters.length > 0 && !filters.some(filter => filter.includes(file))) return null
  const missing = await require()
  if (missing !== null) {
    if (process.env.TEST_BROWSERS === 'required') fail(missing)
    console.log(`\n${missing} Its tests are left out.`)
    return null
  }
  await buildChanged()
  const config = '--config=client/e2e/browsers/vitest.config.ts'
  return await vitest(`vitest, ${name}`, process.execPath, [], {}, [config, `${file}.browser.ts`])
}

/**
 * @param {string} name
 * @param {string} executable the Node to run on
 * @param {string[]} filters
 * @param {Record<string, string>} env what names the S3 server
 * @param {string[]} [options]
 */
async function vitest(name, executable, filters, env, options = []) {
  console.log(`\n${name}`)
  const report = join(RESULTS, `${name.replaceAll(/\W+/g, '-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await run(
    executable,
    [VITEST, 'run', ...reporters, ...options, ...orNone('--passWithNoTests', filters)],
    { cwd: ROOT, env: { ...process.env, ...env } },
  )
  const results = readReport(report)
  const failures = vitestFailures(results)
  return tally(name, code, results.numPassedTests ?? 0, failures.length, failures)
}

/**
 * A filter may leave a suite without a single test; a whole suite without one is a mistake.
 * @param {string} allowNone
 * @param {string[]} filters
 */
function orNone(allowNone, filters) {
  return filters.length > 0 ? [allowNone, ...filters] : []
}

/**
 * @param {string} name
 * @param {number} code the exit code; a run that failed without naming a failed test counts as one
 * @param {number} passed
 * @param {number} failed
 * @param {Tally['failures']} failures
 * @returns {Tally}
 */
function tally(name, code, passed, failed, failures) {
  return { name, passed, failed: code === 0 ? failed : Math.max(1, failed), failures }
}

/** @param {string} file empty where the run ended before it wrote one */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
