import { rename, writeFile } from 'node:fs/promises'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import { StorageError, type UpdateLog } from '../storage/update-log.ts'
import type { Command } from './command.ts'
import { addStored, encodeDocument, isBlank, loggedBoard } from './documents.ts'
import type { Terminal } from './terminal.ts'

type Export = Extract<Command, { name: 'export' }>

/** Writes a board to a file: what the log has, and what only other relays stored. Rejects in words for the operator. */
export async function exportBoard(
  { board, out, format }: Export,
  log: UpdateLog,
  snapshots: SnapshotStore,
  terminal: Terminal,
): Promise<void> {
  const doc = await loggedBoard(log, board)
  try {
    await addStored(doc, board, snapshots)
  } catch (error) {
    // The log holds the whole board, unless another relay serves it too.
    if (!(error instanceof StorageError) || isBlank(doc)) throw error
    terminal.warn(
      `Only what this DATA_DIR has is written, since the snapshots cannot be read: ${error.message}`,
    )
  }
  if (isBlank(doc))
    throw new Error(`There is no board ${board} here. DATA_DIR and S3_BUCKET say where to look.`)
  const bytes = encodeDocument(doc, format)
  await writeWhole(out, bytes)
  terminal.say(`Wrote board ${board} to ${out} (${bytes.length} bytes, ${format}).`)
}

/** Never a half file in the place of a whole one. Readable by its owner alone, as DATA_DIR is. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(`${file}.part`, bytes, { mode: 0o600, flush: true })
    await rename(`${file}.part`, file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`--out: ${file} cannot be written (${reason}). Choose a file in a folder that is there.`)
  }
}
