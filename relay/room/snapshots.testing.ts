import * as Y from 'yjs'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import { BOARD, type TestRelayOptions, testRelay } from './room.testing.ts'
import { WatchedSnapshots } from './watched-snapshots.testing.ts'

export const LIMITS = {
  snapshotAfterMs: 10_000,
  snapshotMaxMs: 60_000,
  snapshotBytes: 100_000,
  idleEvictMs: 30_000,
}

/** A relay whose store of snapshots is watched. */
export function start(options: TestRelayOptions = {}) {
  const clock = options.clock ?? fakeClock()
  const snapshots = new WatchedSnapshots(clock)
  const log = new MemoryLog(clock)
  const relay = testRelay({ clock, log, snapshots, ...options, limits: { ...LIMITS, ...options.limits } })
  return { relay, clock, snapshots, log }
}

/** What all snapshots of a board hold together. */
export async function storedIn(store: SnapshotStore, board = BOARD): Promise<Record<string, unknown>> {
  const doc = new Y.Doc()
  for (const id of await store.list(board)) {
    const state = await store.get(board, id)
    if (state) Y.applyUpdateV2(doc, state)
  }
  return doc.getMap('meta').toJSON()
}

/** A board as a snapshot holds it. */
export function stateOf(content: Record<string, unknown>): Uint8Array {
  const doc = new Y.Doc()
  for (const [key, value] of Object.entries(content)) doc.getMap('meta').set(key, value)
  return Y.encodeStateAsUpdateV2(doc)
}
