import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { createServer } from 'vite'
import type { FrameTimes, PanPage } from './testing/pan-page.ts'

const SYSTEM_CHROMIUM = '/usr/bin/chromium'
const PAN_FRAMES = 80
const MOVES = 800

/** JavaScript per frame in a real browser, GPU work left out: it draws on the CPU here. */
export default async function panBench(): Promise<{ name: string; value: number; unit: string }[]> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'driftboard-bench-'))
  const server = await createServer({
    root: fileURLToPath(new URL('./testing', import.meta.url)),
    configFile: false,
    cacheDir,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 5321, fs: { strict: false }, hmr: false },
    optimizeDeps: { include: ['pixi.js', 'pixi.js/unsafe-eval'] },
  })
  await server.listen()
  const browser = await chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--use-angle=swiftshader'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    page.setDefaultTimeout(300_000)
    // On a machine without a graphics card the app would choose the other: here the figures of both kinds of machine compare.
    await page.addInitScript(() => localStorage.setItem('drawing', 'webgl'))
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    await page.waitForFunction('globalThis.page')
    return await measure(page)
  } finally {
    await browser.close()
    await server.close()
    await rm(cacheDir, { recursive: true, force: true })
  }
}

async function measure(page: Page) {
  const call = (code: string): Promise<FrameTimes> => page.evaluate(code)
  const pan = (...args: Parameters<PanPage['pan']>) => call(`page.pan(${args})`)
  const draw = (...args: Parameters<PanPage['draw']>) => call(`page.draw(${args})`)
  const stroke = await draw(1000, MOVES)
  return [
    ...rows('pan, 1,000 shapes, 100 %', await pan(1000, 1, PAN_FRAMES)),
    ...rows('pan, 1,000 shapes, all in view', await pan(1000, 0.15, PAN_FRAMES)),
    ...rows('pan, 10,000 shapes, 100 %', await pan(10_000, 1, PAN_FRAMES)),
    ...rows('pan, 10,000 shapes, 10 %', await pan(10_000, 0.1, PAN_FRAMES)),
    ...rows('pointer move, start of a stroke', stroke.slice(0, 100)),
    ...rows(`pointer move, after ${MOVES - 100} points`, stroke.slice(-100)),
  ]
}

function rows(name: string, times: FrameTimes) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2))
  return [
    { name: `${name}, median`, value: at(0.5), unit: 'ms' },
    { name: `${name}, p95`, value: at(0.95), unit: 'ms' },
  ]
}
