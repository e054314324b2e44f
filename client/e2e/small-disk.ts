import { execFile } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A disk of its own, in memory, that a test can fill to the last byte. */
export class SmallDisk {
  readonly folder: string
  readonly #filler: string

  private constructor(folder: string) {
    this.folder = folder
    this.#filler = join(folder, 'filler')
  }

  /** Null where mounting is not allowed. */
  static async mount(bytes: number): Promise<SmallDisk | null> {
    const folder = await mkdtemp(join(tmpdir(), 'driftboard-disk-'))
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder])
    } catch {
      await rm(folder, { recursive: true })
      return null
    }
    return new SmallDisk(folder)
  }

  /** Takes whatever room there is by now. */
  async fill(): Promise<void> {
    const file = await open(this.#filler, 'a')
    const block = Buffer.alloc(65_536)
    try {
      for (;;) await file.write(block)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    } finally {
      await file.close()
    }
  }

  async makeRoom(): Promise<void> {
    await rm(this.#filler)
  }

  /** Also while a browser that was killed is still going: the disk goes with the last of its processes. */
  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.folder])
    await rm(this.folder, { recursive: true })
  }
}

const run = promisify(execFile)
