import type { SnapshotStore } from '../snapshot-store.ts'

/** A document that is a set of numbers: merging two is as for any CRDT, and a lost change is easy to see. */
const encode = (numbers: Iterable<number>): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([...numbers]))
const decode = (bytes: Uint8Array): number[] => JSON.parse(new TextDecoder().decode(bytes))

interface Merged {
  readonly ids: readonly string[]
  readonly numbers: ReadonlySet<number>
}

/** All that the snapshots of a board hold. One that goes meanwhile was merged into another: then it lists again. */
async function readAll(snapshots: SnapshotStore, board: string): Promise<Merged> {
  const ids = await snapshots.list(board)
  const numbers = new Set<number>()
  for (const id of ids) {
    const content = await snapshots.get(board, id)
    if (!content) return readAll(snapshots, board)
    for (const number of decode(content)) numbers.add(number)
  }
  return { ids, numbers }
}

export const storedNumbers = async (snapshots: SnapshotStore, board: string): Promise<ReadonlySet<number>> =>
  (await readAll(snapshots, board)).numbers

/** What a relay does that has one more number: read, merge, put, remove what was merged. */
export async function snapshotAs(snapshots: SnapshotStore, board: string, number: number): Promise<void> {
  const { ids, numbers } = await readAll(snapshots, board)
  await snapshots.put(board, encode([...numbers, number]))
  await snapshots.remove(board, ids)
}
