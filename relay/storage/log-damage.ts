import { copyFile, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, directoryError } from './directory-error.ts'
import { endOf, type LogEnd } from './write-ahead.ts'

/** Files that LevelDB has not merged into its tables yet. */
const WRITE_AHEAD = /^\d+\.log$/

/** Where a damaged file is kept: LevelDB reads what it can of it, then removes it. */
const asideOf = (directory: string): string => `${directory}-damaged`

/**
 * To be called before LevelDB opens a directory: keeps a copy of each file of changes that is damaged, since what it held
 * may have been acknowledged. Resolves to what an operator must know, in words, also of copies that are kept from before.
 */
export async function keepDamaged(directory: string): Promise<string[]> {
  try {
    const cut: string[] = []
    for (const { file, end } of await endsIn(directory)) {
      if (end.at === 'damaged') await keep(directory, file)
      else if (end.at === 'cut') cut.push(cutMessage(join(directory, file), end.offset))
    }
    const kept = (await endsIn(asideOf(directory))).map(({ file, end }) =>
      keptMessage(join(asideOf(directory), file), end),
    )
    return [...kept, ...cut]
  } catch (error) {
    throw directoryError(directory, 'check the log', error)
  }
}

/** One file at a time is in memory: 4 MB, or as much as one batch. */
async function endsIn(folder: string): Promise<{ file: string; end: LogEnd }[]> {
  const ends: { file: string; end: LogEnd }[] = []
  for (const file of await namesIn(folder)) {
    if (WRITE_AHEAD.test(file)) ends.push({ file, end: endOf(await readFile(join(folder, file))) })
  }
  return ends
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    // Anything else that is wrong with it is for LevelDB to name.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
    throw error
  }
}

async function keep(directory: string, file: string): Promise<void> {
  const copy = join(asideOf(directory), file)
  await mkdir(asideOf(directory), { recursive: true, mode: 0o700 })
  await copyFile(join(directory, file), copy)
  const handle = await open(copy, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const keptMessage = (copy: string, end: LogEnd): string =>
  `DATA_DIR: the log of changes was damaged at byte ${end.at === 'whole' ? 0 : end.offset} of what is now kept as ${copy}. What could be read of it is used; changes that were acknowledged may be missing. Devices that have them bring them back when they connect. If that is not enough, restore DATA_DIR from a backup. Remove the file when this is settled.`

const cutMessage = (file: string, offset: number): string =>
  `DATA_DIR: the log of changes ends in the middle of a write, at byte ${offset} of ${file}. That is what a crash leaves of a write that was not acknowledged yet; if the disk lost the end of that file, changes may be missing until devices that have them connect.`
