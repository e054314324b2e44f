import { cp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { type Random, randomInt } from '../../shared/util/random.ts'
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts'
import { type LevelLog, openLevelLog } from './level-log.ts'
import { StorageError } from './update-log.ts'
import { endOf } from './write-ahead.ts'

const BOARDS = ['board-of-ann-1234', 'board-of-ben-1234']

/** Records that were acknowledged, in their order, each of which ends at a byte of the file. */
interface Written {
  readonly board: string
  readonly text: string
  readonly end: number
}

let folder: TemporaryFolder
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

const live = (): string => join(folder.path, 'live')
const crashed = (): string => join(folder.path, 'crashed')

/** The file of changes in a directory. */
async function logIn(directory: string): Promise<string> {
  const [name] = (await readdir(directory)).filter(entry => /^\d+\.log$/.test(entry))
  if (!name) throw new Error(`${directory} has no file of changes.`)
  return join(directory, name)
}

/** Acknowledged records of all sizes, and the directory as a `kill -9` would leave it. */
async function crash(random: Random, count: number): Promise<Written[]> {
  const log = await openLevelLog(live())
  const file = await logIn(live())
  const handles = await Promise.all(BOARDS.map(async board => (await log.open(board)).log))
  const written: Written[] = []
  for (let at = 0; at < count; at += 1) {
    const which = randomInt(random, BOARDS.length)
    // One in ten spans blocks of the file.
    const padding = randomInt(random, random.next() < 0.1 ? 80_000 : 900)
    const text = `${at}:${'x'.repeat(padding)}`
    await handles[which]?.append(Buffer.from(text))
    written.push({ board: BOARDS[which] ?? '', text, end: (await stat(file)).size })
  }
  await cp(live(), crashed(), { recursive: true })
  await log.close()
  await rm(live(), { recursive: true })
  return written
}

/** What is left of each board; null where opening it names a problem. */
async function left(log: LevelLog): Promise<Map<string, string[] | null>> {
  const boards = new Map<string, string[] | null>()
  for (const board of BOARDS) {
    try {
      const { records } = await log.open(board)
      boards.set(
        board,
        records.map(record => Buffer.from(record).toString()),
      )
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      boards.set(board, null)
    }
  }
  return boards
}

async function afterReopening() {
  const log = await openLevelLog(crashed())
  const boards = await left(log)
  const { warnings } = log
  await log.close()
  return { boards, warnings }
}

const of = (board: string, written: readonly Written[]): string[] =>
  written.filter(record => record.board === board).map(({ text }) => text)

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed + 1)

test.each(SEEDS)(
  'seed %i: of a log that lost its end, all before the cut is there, and a cut within a write is told',
  async seed => {
    const random = seededRandom(seed)
    const written = await crash(random, 60)
    const file = await logIn(crashed())
    const cut = randomInt(random, (await stat(file)).size + 1)
    await truncate(file, cut)
    const { boards, warnings } = await afterReopening()
    const whole = written.filter(({ end }) => end <= cut)
    expect(Object.fromEntries(boards)).toEqual(
      Object.fromEntries(BOARDS.map(board => [board, of(board, whole)])),
    )
    const isBetweenWrites = cut === 0 || written.some(({ end }) => end === cut)
    expect(warnings).toHaveLength(isBetweenWrites ? 0 : 1)
    if (!isBetweenWrites) expect(warnings[0]).toMatch(/ends in the middle of a write, at byte \d+/)
  },
)

test.each(SEEDS)(
  'seed %i: of a log with a damaged byte, all before it is there or its board is refused, and the operator is told as long as the copy is kept',
  async seed => {
    const random = seededRandom(seed)
    const written = await crash(random, 60)
    const file = await logIn(crashed())
    const bytes = await readFile(file)
    const place = randomInt(random, bytes.length)
    bytes[place] = (bytes[place] ?? 0) ^ (1 << randomInt(random, 8))
    await writeFile(file, bytes)
    const { boards, warnings } = await afterReopening()

    const before = written.filter(({ end }) => end <= place)
    let isComplete = true
    for (const board of BOARDS) {
      const records = boards.get(board) ?? null
      if (records) expect(records.slice(0, of(board, before).length)).toEqual(of(board, before))
      if (records?.length !== of(board, written).length) isComplete = false
    }
    if (isComplete) return
    expect(warnings.join('\n')).toMatch(/damaged at byte \d+ of what is now kept as .*crashed-damaged/)
    const kept = await logIn(`${crashed()}-damaged`)
    expect((await readFile(kept)).equals(bytes)).toBe(true)
    expect((await afterReopening()).warnings).toEqual(warnings)
    await rm(kept)
    expect((await afterReopening()).warnings).toEqual([])
  },
)

test('a log that nothing happened to is whole, whatever was written and wherever its blocks end', async () => {
  for (const seed of [1, 2, 3]) {
    await crash(seededRandom(seed), 150)
    expect(endOf(await readFile(await logIn(crashed())))).toEqual({ at: 'whole' })
    await rm(crashed(), { recursive: true })
  }
})

test('zeros at the end are what a power failure left of a write, and zeros before other writes are damage', async () => {
  await crash(seededRandom(5), 80)
  const bytes = await readFile(await logIn(crashed()))
  expect(endOf(Buffer.concat([bytes, Buffer.alloc(50_000)]))).toEqual({ at: 'cut', offset: bytes.length })
  const holed = Buffer.from(bytes).fill(0, 4_096, 8_192)
  expect(endOf(holed).at).toBe('damaged')
})
