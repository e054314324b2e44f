import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts'
import { type BuiltRelay, buildRelay } from './testing/build.ts'
import { History, untilSnapshotted } from './testing/history.ts'
import type { Life } from './testing/life.ts'
import type { Writer } from './testing/writer.ts'

/** ms. */
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** ms. Far more than anything takes. */
const PATIENCE = 15_000

/** By how much the clock is off in each life, and how much in the middle of it. */
const LIVES = [
  [0, -2 * HOUR],
  [-40 * DAY, 30 * DAY],
  [365 * DAY, 3 * HOUR],
  [-HOUR, -365 * DAY],
] as const

let relay: BuiltRelay
let folder: TemporaryFolder
beforeAll(async () => {
  relay = await buildRelay()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await relay.remove()
  await folder.remove()
})

test('a clock that jumps, between lives and during them, loses no change, no snapshot and no version', async () => {
  const history = new History({ seed: 1, file: relay.file, folder: folder.path })
  const versions = new Set<string>()

  /** Waits until snapshots have everything, and a version of the hour that the clock is in has been made. */
  async function settled(life: Life, writers: readonly Writer[]): Promise<void> {
    await untilSnapshotted(life, writers)
    const expected = versions.size + 1
    await vi.waitUntil(async () => (await listed(life)).length === expected, { timeout: PATIENCE })
    for (const id of await listed(life)) versions.add(id)
    expect(versions.size).toBe(expected)
    for (const id of versions) await history.ask(life, `/versions/${id}`)
  }

  async function jump(life: Life, writers: readonly Writer[], clockOff: number): Promise<void> {
    await settled(life, writers)
    life.setClock(clockOff)
    const more = await history.join(life, 'small', 20)
    await settled(life, more)
    history.leave(more)
  }

  async function listed(life: Life): Promise<string[]> {
    const response = await history.ask(life, '/versions')
    const versions = (await response.json()) as { id: string }[]
    return versions.map(({ id }) => id)
  }

  for (const [before, after] of LIVES) {
    await history.drawInPeace((life, writers) => jump(life, writers, after), before)
    await history.loseLog()
  }
  await history.drawInPeace()
  await history.checkAtRest()
}, 60_000)
