import { spawnSync } from 'node:child_process'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'

const MOUNT = '/usr/bin/mount'
const UNMOUNT = '/usr/bin/umount'

/** A file system of its own with so many bytes, to be filled up; null where this user may not mount one. */
export async function smallDisk(bytes: number): Promise<TemporaryFolder | null> {
  const folder = await temporaryFolder()
  const mounted = spawnSync(MOUNT, ['-t', 'tmpfs', '-o', `size=${bytes}`, 'none', folder.path])
  if (mounted.status !== 0) {
    await folder.remove()
    return null
  }
  return {
    path: folder.path,
    async remove() {
      spawnSync(UNMOUNT, [folder.path])
      await folder.remove()
    },
  }
}
