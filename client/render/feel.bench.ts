import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import type { Drawing } from './cpu-drawing.ts'
import { type Cost, type MoveCost, movesIn, sum, TRACED } from './testing/move-trace.ts'
import { sampleShapes } from './testing/sample-shapes.ts'
import { installStopwatch } from './testing/stopwatch.ts'

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

const DRAWINGS: readonly Drawing[] = ['webgl', 'canvas']

interface Figure {
  readonly name: string
  readonly column: string
  readonly value: number
  readonly unit: string
}

/**
 * JavaScript per pointer move in the app itself, from the event through the frame that shows it: the processor's time, and by
 * the clock on the wall what most of the moves took while whatever else ran beside them. What a GPU does is left out.
 */
export default async function feelBench(): Promise<readonly Figure[]> {
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
    args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
  })
  try {
    const rows = []
    for (const drawing of DRAWINGS)
      rows.push(...(await feelOf(browser, drawing, server.resolvedUrls?.local[0] ?? '')))
    return rows
  } finally {
    await browser.close()
    await server.close()
    await rm(outDir, { recursive: true, force: true })
  }
}

async function feelOf(browser: Browser, drawing: Drawing, url: string): Promise<readonly Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
  page.setDefaultTimeout(120_000)
  // What runs this file marks named functions by a helper that is not in the page.
  await page.addInitScript({ content: `globalThis.__name = named => named; (${installStopwatch})()` })
  await page.addInitScript(chosen => localStorage.setItem('drawing', chosen), drawing)
  await openBoard(page, url)
  const rows = []
  for (const gesture of GESTURES)
    rows.push(...figures(`${drawing}: ${gesture.name}`, await perform(browser, page, gesture)))
  await page.close()
  return rows
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

interface Performance {
  readonly moves: readonly MoveCost[]
  /** Moves that the very next frame did not show. */
  readonly late: number
}

async function perform(
  browser: Browser,
  page: Page,
  { key, select, from, at }: Gesture,
): Promise<Performance> {
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
  const move = async (i: number) => {
    const [dx, dy] = at(i)
    await page.mouse.move(from[0] + dx, from[1] + dy)
    await page.evaluate(() => window.stopwatch.frame())
  }
  for (let i = 1; i <= WARM_UP; i++) await move(i)
  await page.evaluate(() => window.stopwatch.take())
  await browser.startTracing(page, { categories: TRACED })
  for (let i = WARM_UP + 1; i <= MOVES; i++) await move(i)
  const trace = await browser.stopTracing()
  const shownBy = await page.evaluate(() => window.stopwatch.take())
  await page.mouse.up()
  await page.keyboard.press('Control+z')
  await rest(page)
  return { moves: movesIn(trace.toString()), late: shownBy.filter(frame => frame !== 1).length }
}

/** Lets what is still to be drawn be drawn. */
const rest = (page: Page): Promise<void> => page.evaluate(() => window.stopwatch.idle())

function figures(name: string, { moves, late }: Performance): readonly Figure[] {
  const event = ({ event }: MoveCost): Cost => event
  const whole = ({ event, frame }: MoveCost): Cost => sum(event, frame)
  const ms = (column: string, share: number, of: (move: MoveCost) => number): Figure => {
    const sorted = moves.map(of).sort((a, b) => a - b)
    const value = sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
    return { name, column, value: Number(value.toFixed(2)), unit: 'ms' }
  }
  return [
    ms('event, median', 0.5, move => event(move).cpu),
    ms('p95', 0.95, move => event(move).cpu),
    ms('worst', 1, move => event(move).cpu),
    ms('and frame, median', 0.5, move => whole(move).cpu),
    ms('and frame, p95', 0.95, move => whole(move).cpu),
    ms('and frame, worst', 1, move => whole(move).cpu),
    ms('by the clock, median', 0.5, move => whole(move).wall),
    ms('by the clock, p95', 0.95, move => whole(move).wall),
    { name, column: `late, of ${moves.length}`, value: late, unit: '' },
  ]
}
