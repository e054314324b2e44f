import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../relay/testing/temporary-folder.ts'
import { has } from './programs.mjs'
import { finish, infraFile, ROOT, startRelay } from './testing/children.ts'

const promtoolTest = test.skipIf(!has('promtool'))

let folder: TemporaryFolder

beforeAll(async () => {
  folder = await temporaryFolder()
  await cp(join(ROOT, 'infra/prometheus'), folder.path, { recursive: true })
  await writeFile(join(folder.path, 'driftboard-token'), 'a token')
})

afterAll(() => folder.remove())

const promtool = (...args: string[]) => finish('promtool', args, { cwd: folder.path })

promtoolTest('Prometheus takes its configuration and the rules', async () => {
  const { code, output } = await promtool('check', 'config', '--lint-fatal', 'prometheus.yml')
  expect(code, output).toBe(0)
})

promtoolTest('each alert fires when it should and not before', async () => {
  const { code, output } = await promtool('test', 'rules', 'alerts.test.yml')
  expect(code, output).toBe(0)
})

test('each alert is one of the tested, and has a place in the README that says what to do', () => {
  const alerts = named(infraFile('prometheus/alerts.yml'), /- alert: (\w+)/g)
  const tested = new Set(named(infraFile('prometheus/alerts.test.yml'), /alertname: (\w+)/g))
  const readme = infraFile('README.md')
  expect(alerts.length).toBeGreaterThan(0)
  expect(alerts.filter(alert => !tested.has(alert))).toEqual([])
  expect(alerts.filter(alert => !readme.includes(`**${alert}**`))).toEqual([])
})

test('the alerts name only metrics that a running relay exposes', async () => {
  const relay = await startRelay({ DATA_DIR: join(folder.path, 'data'), METRICS_TOKEN: TOKEN })
  try {
    const response = await fetch(`http://127.0.0.1:${relay.port}/metrics`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    })
    expect(response.status).toBe(200)
    const exposed = new Set(named(await response.text(), /^(\w+)/gm))
    // Prometheus makes `up` itself.
    exposed.add('up')
    const used = metricsOf(infraFile('prometheus/alerts.yml'))
    expect(used).toContain('driftboard_ready')
    expect(used.filter(metric => !exposed.has(metric))).toEqual([])
  } finally {
    await relay.stop()
  }
})

const TOKEN = 'a-token-for-these-tests'

/** The first group of each match. */
const named = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name)

/** Names in the expressions of the rules that are no functions, keywords or labels. */
function metricsOf(rules: string): string[] {
  const expressions = rules
    .split(/^ +expr: /m)
    .slice(1)
    .map(rule => rule.split(/^ +for: |^ +labels: /m)[0] ?? '')
  return [...new Set(expressions.flatMap(text => named(text, /\b(up|(?:driftboard|nodejs|process)_\w+)/g)))]
}
