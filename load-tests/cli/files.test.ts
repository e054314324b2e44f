import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkWritable } from './files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftboard-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a file that can be written is left as it is, and a new one is not made yet', async () => {
  const file = join(folder, 'old.json')
  await writeFile(file, 'old')
  await checkWritable(file)
  await checkWritable(join(folder, 'new.json'))
  await checkWritable(null)
  expect(await readFile(file, 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['old.json'])
})

test('a folder, and a file in no folder, are refused before the run', async () => {
  await expect(checkWritable(folder)).rejects.toThrow('cannot be written')
  await expect(checkWritable(join(folder, 'none/a.json'))).rejects.toThrow('cannot be written')
})
