import { createHmac } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../../shared/util/random.ts'

/** Bytes of the key: as many as SHA-256 gives. */
const KEY_BYTES = 32

const KEY_FILE = 'mesh.key'

/**
 * The secret that seals the signalling of one board's mesh. It changes with the epoch, so that who was removed with the old
 * links cannot read it any more.
 */
export type MeshPassword = (board: string, epoch: number | null) => string

/**
 * Passwords are derived from a random key in DATA_DIR, so that they stay the same over restarts and nobody can
 * work one out from the id of a board.
 */
export async function loadMeshPassword(dataDir: string, random: Random): Promise<MeshPassword> {
  const file = join(dataDir, KEY_FILE)
  const key = (await readKey(file)) ?? (await makeKey(file, random))
  // No board id holds a line break, so that no two boards and epochs give the same text.
  return (board, epoch) =>
    createHmac('sha256', key)
      .update(`${board}\n${epoch ?? ''}`)
      .digest('base64url')
}

async function readKey(file: string): Promise<Buffer | null> {
  const key = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new Error(`DATA_DIR: ${file} cannot be read (${error.code}). Give this user the right to read it.`)
  })
  if (key === null || key.length === KEY_BYTES) return key
  throw new Error(
    `DATA_DIR: ${file} has ${key.length} bytes instead of ${KEY_BYTES}. Delete it: a new one is made, and open tabs fetch it when they reconnect.`,
  )
}

/** Written beside and renamed, so that a crash leaves no half key. */
async function makeKey(file: string, random: Random): Promise<Buffer> {
  const key = Buffer.from(random.bytes(KEY_BYTES))
  await writeFile(`${file}.new`, key, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return key
}
