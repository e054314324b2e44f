import files, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import type { Death } from './fault.ts'

/**
 * From now on this process dies at the fault also when that is a step of writing or removing a file. It replaces functions
 * of Node's own module, so that the code under test needs no hooks.
 */
export function dieInFiles(death: Death): void {
  const { open, rename, unlink } = files
  Object.assign(files, {
    async open(...args: Parameters<typeof open>): Promise<FileHandle> {
      const handle = await open(...args)
      // Only a file that must be new is opened so; what else is opened are folders, to be synced.
      return args[1] === 'wx' ? dyingFile(handle, death) : dyingFolder(handle, death)
    },
    rename: (...args: Parameters<typeof rename>) => death.around('rename', () => rename(...args)),
    unlink: (...args: Parameters<typeof unlink>) => death.around('unlink', () => unlink(...args)),
  })
  syncBuiltinESMExports()
}

function dyingFile(handle: FileHandle, death: Death): FileHandle {
  const write = handle.writeFile.bind(handle)
  const sync = handle.sync.bind(handle)
  return Object.assign(handle, {
    writeFile: (...args: Parameters<typeof write>) => death.around('write', () => write(...args)),
    sync: () => death.around('sync', sync),
  })
}

function dyingFolder(handle: FileHandle, death: Death): FileHandle {
  const sync = handle.sync.bind(handle)
  return Object.assign(handle, { sync: () => death.around('folder', sync) })
}
