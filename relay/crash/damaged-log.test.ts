import { readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts'
import { type BuiltRelay, buildRelay } from './testing/build.ts'
import { History } from './testing/history.ts'
import type { Life } from './testing/life.ts'
import { waitFor } from './testing/wait.ts'

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

const damages = [
  ['a flipped bit at its end', /damaged at byte \d+ of what is now kept as/, flipLastBit, 'kept'],
  ['its last bytes cut off', /ends in the middle of a write, at byte \d+/, cutLastBytes, 'gone'],
] as const

test.each(damages)(
  'of a log with %s the relay says so, and the devices that have what is lost bring it back',
  async (name, words, damage, evidence) => {
    const data = join(folder.path, name.replaceAll(' ', '-'))
    const history = new History({ seed: 1, file: relay.file, folder: data })
    // Without snapshots: the last that is written is what somebody drew, and nothing else has it.
    const before = await history.begin({ under: 'log' })
    await drawn(history, before, 25)
    await before.kill()
    await damage(await newestLog(join(data, 'updates')))
    const life = await history.begin({ under: 'log' })
    try {
      await waitFor('the relay says so', () => words.test(life.log))
      await expect(history.read(life)).rejects.toThrow(/^Lost: [1-9]/)
      await drawn(history, life, 5)
      await history.read(life)
    } finally {
      await life.kill()
    }
    // Whoever looks later is told as long as there is something to look at.
    if (evidence === 'kept') await expect(history.checkAtRest()).rejects.toThrow(words)
    else await history.checkAtRest()
  },
)

/** Lets everybody draw, and leave when it is acknowledged. */
async function drawn(history: History, life: Life, edits: number): Promise<void> {
  const writers = await history.join(life, 'small', edits)
  await waitFor('everything is acknowledged', () => writers.every(writer => writer.isDone))
  history.leave(writers)
}

async function newestLog(directory: string): Promise<string> {
  const name = (await readdir(directory))
    .filter(entry => entry.endsWith('.log'))
    .sort()
    .at(-1)
  return join(directory, name ?? 'none')
}

async function flipLastBit(file: string): Promise<void> {
  const bytes = await readFile(file)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  await writeFile(file, bytes)
}

async function cutLastBytes(file: string): Promise<void> {
  await truncate(file, (await readFile(file)).length - 3)
}
