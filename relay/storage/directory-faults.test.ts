import { spawn } from 'node:child_process'
import { chmod, mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { smallDisk } from '../testing/small-disk.ts'
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts'
import { directoryError } from './directory-error.ts'
import { openDirectoryStore } from './directory-store.ts'
import { nameOf } from './object-key.ts'
import { objectOf } from './testing/numbered-object.ts'

/** ms. */
const HOUR = 3_600_000

let folder: TemporaryFolder
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

/** Starts a process that puts objects, kills it after so many, and resolves to the last that it called stored. */
async function killedAfter(count: number): Promise<number> {
  const script = fileURLToPath(new URL('testing/put-until-killed.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stored = -1
  for await (const line of createInterface(child.stdout)) {
    stored = Number(line)
    if (stored >= count) child.kill('SIGKILL')
  }
  return stored
}

test.each([1, 4, 9])(
  'killed after object %i, every stored one is whole and none is half there',
  async count => {
    const stored = await killedAfter(count)
    expect(stored).toBeGreaterThanOrEqual(count)
    const store = await openDirectoryStore(folder.path)
    const keys = (await store.list('')).map(({ key }) => key)
    for (let number = 0; number <= stored; number += 1) expect(keys).toContain(objectOf(number).key)
    for (const key of keys) {
      const { content } = objectOf(Number(nameOf(key)))
      expect(Buffer.compare((await store.get(key)) ?? Buffer.of(), content)).toBe(0)
    }
  },
)

test('what a crash left half written is removed an hour later, and what is being written is left alone', async () => {
  await openDirectoryStore(folder.path)
  const unfinished = join(folder.path, '.unfinished')
  const now = Date.now()
  for (const [name, age] of [
    ['old', 2 * HOUR],
    ['young', 0],
  ] as const) {
    await writeFile(join(unfinished, name), 'half')
    await utimes(join(unfinished, name), (now - age) / 1000, (now - age) / 1000)
  }
  const store = await openDirectoryStore(folder.path, fakeClock(now))
  expect(await readdir(unfinished)).toEqual(['young'])
  expect(await store.list('')).toEqual([])
})

test('a put that fails leaves the object as it was, and nothing half written', async () => {
  const store = await openDirectoryStore(folder.path)
  await mkdir(join(folder.path, 'boards/a/keys/in-the-way'), { recursive: true })
  await expect(store.put('boards/a/keys', Buffer.from('x'))).rejects.toThrow(
    /^DATA_DIR: could not write boards\/a\/keys in .* Move away what was not made by the relay\.$/,
  )
  expect(await readdir(join(folder.path, '.unfinished'))).toEqual([])
})

test('a full disk is called full, the object stays as it was, and what fits is still taken', async context => {
  const disk = await smallDisk(1_000_000)
  if (!disk) return context.skip('This user may not mount a file system to fill up.')
  try {
    const store = await openDirectoryStore(join(disk.path, 'objects'))
    await store.put('a/keys', Buffer.alloc(100_000, 'x'))
    await expect(store.put('a/keys', Buffer.alloc(3_000_000))).rejects.toThrow(
      /ENOSPC.*is full\. Free some space/,
    )
    expect(await store.get('a/keys')).toEqual(new Uint8Array(100_000).fill('x'.charCodeAt(0)))
    await store.put('a/keys', Buffer.alloc(300_000))
  } finally {
    await disk.remove()
  }
})

test('a folder that a file stands in the way of is named with what to do', async () => {
  const file = join(folder.path, 'file')
  await writeFile(file, '')
  await expect(openDirectoryStore(file)).rejects.toThrow(
    /^DATA_DIR: could not keep objects in .*file \(.*\)\. /,
  )
  const store = await openDirectoryStore(folder.path)
  await expect(store.put('file/below', Buffer.from('x'))).rejects.toThrow(
    /A file is where a directory is wanted/,
  )
})

// Root may write anywhere.
test.skipIf(process.getuid?.() === 0)('a folder without the right to write asks for it', async () => {
  const store = await openDirectoryStore(folder.path)
  await chmod(folder.path, 0o500)
  await expect(store.put('a/b', Buffer.from('x'))).rejects.toThrow(/right to read and write/)
  await chmod(folder.path, 0o700)
})

test('the folder of a store that is gone fails the probe', async () => {
  const store = await openDirectoryStore(folder.path)
  await folder.remove()
  await expect(store.probe()).rejects.toThrow(/^DATA_DIR: could not write probe/)
})

test.each([
  ['ENOSPC', /is full\. Free some space/],
  ['EDQUOT', /is full\. Free some space/],
  ['EACCES', /right to read and write there, or set DATA_DIR/],
  ['EROFS', /mounted read-only/],
  ['EMFILE', /ulimit -n/],
  ['EIO', /The disk reports an error/],
  ['EWHATEVER', /Check that the directory can be read and written/],
])('%s names the directory and what to do', (code, advice) => {
  const { message } = directoryError(
    '/srv/board',
    'write a/b',
    Object.assign(new Error(`${code}: why`), { code }),
  )
  expect(message).toContain(`DATA_DIR: could not write a/b in /srv/board (${code}: why). `)
  expect(message).toMatch(advice)
})
