import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leftover } from './leftovers.ts'
import type { TemporaryFolder } from './temporary-folder.ts'

/** A file system of its own, in memory, to be filled up; null where this user may not mount one. */
export async function smallDisk(bytes: number): Promise<TemporaryFolder | null> {
  const path = mkdtempSync(join(tmpdir(), 'driftboard-disk-'))
  const forget = leftover(() => {
    // Whoever still has a file open does not keep it.
    spawnSync('/usr/bin/umount', ['--lazy', path])
    rmSync(path, { recursive: true, force: true })
  })
  const mounted = spawnSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'none', path])
  if (mounted.status !== 0) {
    await rm(path, { recursive: true, force: true })
    forget()
    return null
  }
  return {
    path,
    async remove() {
      spawnSync('/usr/bin/umount', [path])
      await rm(path, { recursive: true, force: true })
      forget()
    },
  }
}
