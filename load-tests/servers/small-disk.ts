import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryDisk {
  readonly path: string
  /** At once, for a process that ends. */
  abandon(): void
  remove(): Promise<void>
}

/** A file system of its own, in memory, to be filled up; null where this user may not mount one. */
export async function smallDisk(bytes: number): Promise<TemporaryDisk | null> {
  const path = await mkdtemp(join(tmpdir(), 'driftboard-disk-'))
  const mounted = spawnSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'none', path])
  if (mounted.status !== 0) {
    await rm(path, { recursive: true, force: true })
    return null
  }
  return {
    path,
    abandon() {
      spawnSync('/usr/bin/umount', ['--lazy', path])
      rmSync(path, { recursive: true, force: true })
    },
    async remove() {
      spawnSync('/usr/bin/umount', [path])
      await rm(path, { recursive: true, force: true })
    },
  }
}
