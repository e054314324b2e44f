import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { createServer } from 'vite'
import type { LoadPage } from './testing/load-page.ts'

const SYSTEM_CHROMIUM = '/usr/bin/chromium'
const SHAPES = 10_000
const LOADS = 9
const GESTURES = 300
const MANY_GESTURES = 10_000

/** The sealed store beside y-indexeddb as it is, in one browser, alternating. */
export default async function loadBench(): Promise<Row[]> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'driftboard-bench-'))
  const server = await createServer({
    root: fileURLToPath(new URL('./testing', import.meta.url)),
    configFile: false,
    cacheDir,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 5331, fs: { strict: false }, hmr: false },
    optimizeDeps: { include: ['yjs', 'y-indexeddb', 'valibot', 'lib0/buffer', '@noble/ciphers/aes.js'] },
  })
  await server.listen()
  const browser = await chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
  })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(300_000)
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    await page.waitForFunction('globalThis.page')
    return await measure(page)
  } finally {
    await browser.close()
    await server.close()
    await rm(cacheDir, { recursive: true, force: true })
  }
}

interface Row {
  readonly name: string
  readonly value: number
  readonly unit: string
}

async function measure(page: Page): Promise<Row[]> {
  const fill = (...args: Parameters<LoadPage['fill']>) => page.evaluate(`page.fill(${args})`)
  await fill(SHAPES, 0)
  const whole = await loads(page)
  await fill(SHAPES, 399)
  const parts = await loads(page)
  const rows = [
    ...loadRows(`${SHAPES} shapes, one chunk`, whole),
    ...loadRows(`${SHAPES} shapes and 399 gestures`, parts),
  ]
  for (const form of ['memory', 'plain', 'sealed'] as const) {
    const times: readonly number[] = await page.evaluate(`page.commit('${form}', ${GESTURES})`)
    rows.push(row(`commit of a gesture, ${form}, median`, at(times, 0.5), 'ms'))
    rows.push(row(`commit of a gesture, ${form}, p95`, at(times, 0.95), 'ms'))
  }
  const { before, after, mergeMs }: Awaited<ReturnType<LoadPage['grow']>> = await page.evaluate(
    `page.grow(${MANY_GESTURES})`,
  )
  return [
    ...rows,
    row(`chunks of ${MANY_GESTURES} gestures, not merged`, before.chunks, ''),
    row(`bytes of ${MANY_GESTURES} gestures, not merged`, before.bytes, 'B'),
    row(`chunks of ${MANY_GESTURES} gestures, merged`, after.chunks, ''),
    row(`bytes of ${MANY_GESTURES} gestures, merged`, after.bytes, 'B'),
    row('encoding them as a whole', mergeMs, 'ms'),
  ]
}

interface Loads {
  readonly plain: readonly number[]
  readonly sealed: readonly number[]
}

async function loads(page: Page): Promise<Loads> {
  const times = { plain: [] as number[], sealed: [] as number[] }
  for (let i = 0; i < LOADS; i += 1) {
    for (const form of ['plain', 'sealed'] as const)
      times[form].push(await page.evaluate(`page.load('${form}')`))
  }
  return times
}

function loadRows(what: string, { plain, sealed }: Loads): Row[] {
  return [
    row(`load, ${what}, y-indexeddb, median`, at(plain, 0.5), 'ms'),
    row(`load, ${what}, sealed, median`, at(sealed, 0.5), 'ms'),
    row(`load, ${what}, sealed to y-indexeddb`, at(sealed, 0.5) / at(plain, 0.5), 'x'),
  ]
}

const row = (name: string, value: number, unit: string): Row => ({
  name,
  value: Number(value.toFixed(3)),
  unit,
})

const at = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(share * (times.length - 1))] ?? Number.NaN
