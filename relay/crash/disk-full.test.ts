import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { smallDisk } from '../testing/small-disk.ts'
import { type BuiltRelay, buildRelay } from './testing/build.ts'
import { History } from './testing/history.ts'
import type { Life } from './testing/life.ts'
import { waitFor } from './testing/wait.ts'

/** Bytes. Files of the log have 4 MB each, and merging them takes as much again. */
const DISK = 28_000_000

/** Bytes of the disk that something else takes, and that an operator can free. */
const OTHER = 21_000_000

const MANY_EDITS = 100_000

/** ms. Several relays start one after the other, while other suites run. */
const LONG = 120_000

let relay: BuiltRelay
beforeAll(async () => {
  relay = await buildRelay()
})
afterAll(() => relay.remove())

interface FullDisk {
  readonly history: History
  readonly life: Life
  free(): Promise<void>
}

/** Runs `work` with a relay that has just had to close everybody, since its disk is full. */
async function onFullDisk(
  context: TestContext,
  seed: number,
  work: (full: FullDisk) => Promise<void>,
): Promise<void> {
  const disk = await smallDisk(DISK)
  if (!disk) return context.skip('This user may not mount a file system to fill up.')
  const other = join(disk.path, 'other')
  try {
    await writeFile(other, Buffer.alloc(OTHER))
    const history = new History({ seed, file: relay.file, folder: join(disk.path, 'data') })
    const life = await history.begin({ under: 'log' })
    try {
      const writers = await history.join(life, 'large', MANY_EDITS)
      await waitFor('the disk is full', () => writers.every(writer => writer.closeCode !== null))
      expect(writers.map(writer => writer.closeCode)).toEqual(writers.map(() => CLOSE.unavailable))
      await waitFor('the relay says so', () => life.log.includes('No space left'))
      history.leave(writers)
      expect(history.ledger.acknowledged).toBeGreaterThan(100)
      await work({ history, life, free: () => rm(other) })
    } finally {
      await life.kill()
    }
  } finally {
    await disk.remove()
  }
}

test(
  'a relay whose disk is full lives on, says so, and has everything it acknowledged when there is space again',
  context =>
    onFullDisk(context, 1, async ({ history, life, free }) => {
      expect((await fetch(life.url('http', '/healthz'))).status).toBe(200)
      await free()
      await history.read(life)
      const writers = await history.join(life, 'small', 10)
      await waitFor('people draw on', () => writers.every(writer => writer.isDone))
      history.leave(writers)
      await life.kill()
      await history.drawInPeace()
      await history.checkAtRest()
    }),
  LONG,
)

test(
  'a relay that is killed on a full disk has everything it acknowledged when it starts with space again',
  context =>
    onFullDisk(context, 2, async ({ history, life, free }) => {
      await life.kill()
      const again = await history.begin({ under: 'log' }).catch((error: Error) => error)
      if (again instanceof Error) expect(again.message).toMatch(/is full.*Free some space/)
      else await again.kill()
      await free()
      await history.drawInPeace()
      await history.checkAtRest()
    }),
  LONG,
)
