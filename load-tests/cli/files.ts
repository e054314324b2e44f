import { open, rm } from 'node:fs/promises'
import { UsageError } from './values.ts'

/** Looks, before a long run, whether its results can be written. Rejects with UsageError in words. */
export async function checkWritable(file: string | null): Promise<void> {
  if (file === null) return
  try {
    const isNew = await open(file, 'ax').then(
      made => made.close().then(() => true),
      () => false,
    )
    if (isNew) await rm(file)
    else await (await open(file, 'a')).close()
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : error}.`)
  }
}
