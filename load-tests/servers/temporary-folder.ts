import { mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leftover } from './leftovers.ts'

/** A folder that is gone once it is removed, or once this process ends. */
export interface TemporaryFolder {
  readonly path: string
  remove(): Promise<void>
}

export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'driftboard-load-'))
  const forget = leftover(() => rmSync(path, { recursive: true, force: true }))
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true })
      forget()
    },
  }
}
