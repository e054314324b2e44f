import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import { sampleShapes } from './testing/sample-shapes.ts'
import { installStopwatch, type Move } from './testing/stopwatch.ts'

const SYSTEM_CHROMIUM = '/usr/bin/chromium'
const CONFIG = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
const PORT = 5322
const SHAPES = 1000
const MOVES = 120
/** Moves at the beginning of a gesture, in which the machine compiles what it has not run yet. */
const WARM_UP = 20

interface Gesture {
  readonly name: string
  /** Tool of the first press. */
  readonly key: string
  readonly select: readonly ShapeId[]
  readonly from: Vec
  /** CSS pixels of the move `i`, from where the gesture began. */
  readonly at: (i: number) => Vec
}

const GESTURES: readonly Gesture[] = [
  { name: 'draw', key: 'p', select: [], from: [300, 300], at: i => [i * 3, Math.sin(i / 8) * 80] },
  { name: 'move one', key: 'v', select: ['s0'], from: [640, 360], at: i => [i, i / 2] },
  { name: 'move 100', key: 'v', select: block(10), from: [640, 360], at: i => [i, i / 2] },
  { name: 'resize', key: 'v', select: ['s0'], from: [695, 395], at: i => [i, i / 2] },
  { name: 'marquee', key: 'v', select: [], from: [630, 350], at: i => [i * 4, i * 2.2] },
]

/** The ids of a square of shapes, from the top left of the board. */
function block(side: number): readonly ShapeId[] {
  const across = Math.ceil(Math.sqrt(SHAPES))
  return Array.from({ length: side * side }, (_, i) => `s${Math.floor(i / side) * across + (i % side)}`)
}

/**
 * JavaScript per pointer move in the app itself, from the event through the frame that shows it, GPU work left out: it
 * draws on the CPU here.
 */
export default async function feelBench(): Promise<{ name: string; value: number; unit: string }[]> {
  const outDir = await mkdtemp(join(tmpdir(), 'driftboard-feel-'))
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  const server = await preview({
    configFile: CONFIG,
    logLevel: 'error',
    build: { outDir },
    // No relay: the board lives on the device.
    preview: { host: '127.0.0.1', port: PORT, strictPort: true, proxy: {} },
  })
  const browser = await chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--use-angle=swiftshader'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
    // What runs this file marks named functions by a helper that is not in the page.
    await page.addInitScript({ content: `globalThis.__name = named => named; (${installStopwatch})()` })
    await openBoard(page, server.resolvedUrls?.local[0] ?? '')
    const rows = []
    for (const gesture of GESTURES) rows.push(...figures(gesture.name, await perform(page, gesture)))
    return rows
  } finally {
    await browser.close()
    await server.close()
    await rm(outDir, { recursive: true, force: true })
  }
}

async function openBoard(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'New board' }).first().click()
  await page.waitForFunction(() => window.driftboard?.isReady === true)
  const shapes = sampleShapes(SHAPES).map(shape => ({
    ...shape,
    ...('ink' in shape && { ink: [...shape.ink] }),
  }))
  await page.evaluate(plain => {
    const whole = plain.map(shape => ('ink' in shape ? { ...shape, ink: new Uint8Array(shape.ink) } : shape))
    const { editor } = window.driftboard as NonNullable<typeof window.driftboard>
    editor.commit(whole.map(shape => ({ op: 'create', shape: shape as KnownShape })))
  }, shapes)
}

async function perform(page: Page, { key, select, from, at }: Gesture): Promise<readonly Move[]> {
  await page.keyboard.press(key)
  await page.evaluate(ids => {
    const { editor } = window.driftboard as NonNullable<typeof window.driftboard>
    editor.select(ids)
    // The first shape lies in the middle of the window.
    editor.look({ x: -585, y: -325, zoom: 1 })
  }, select)
  await rest(page)
  await page.mouse.move(...from)
  await page.mouse.down()
  for (let i = 1; i <= MOVES; i++) {
    const [dx, dy] = at(i)
    await page.mouse.move(from[0] + dx, from[1] + dy)
    await page.evaluate(() => window.stopwatch.frame())
    if (i === WARM_UP) await page.evaluate(() => window.stopwatch.take())
  }
  const moves = await page.evaluate(() => window.stopwatch.take())
  await page.mouse.up()
  await page.keyboard.press('Control+z')
  await rest(page)
  return moves
}

/** Lets what is still to be drawn be drawn. */
const rest = (page: Page): Promise<void> => page.evaluate(() => window.stopwatch.idle())

function figures(name: string, moves: readonly Move[]) {
  const row = (what: string, share: number, of: (move: Move) => number) => {
    const sorted = moves.map(of).sort((a, b) => a - b)
    const value = sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
    return { name: `${name}, ${what}`, value: Number(value.toFixed(2)), unit: 'ms' }
  }
  const late = moves.filter(({ frames }) => frames !== 1).length
  return [
    row('event, median', 0.5, ({ event }) => event),
    row('event, p95', 0.95, ({ event }) => event),
    row('event and frame, median', 0.5, ({ event, frame }) => event + frame),
    row('event and frame, p95', 0.95, ({ event, frame }) => event + frame),
    { name: `${name}, moves not shown by the next frame, of ${moves.length}`, value: late, unit: '' },
  ]
}
