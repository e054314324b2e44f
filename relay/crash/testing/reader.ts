import * as Y from 'yjs'
import { readShape } from '../../../shared/schema/read.ts'
import { DriftboardClient } from '../../testing/driftboard-client.ts'
import type { Life } from './life.ts'
import { waitFor } from './wait.ts'

/** The board as a relay gives it to somebody who has nothing of it; null when the relay dies before. Rejects when it refuses. */
export async function readBoard(life: Life, path: string, protocols: string[]): Promise<Y.Doc | null> {
  const client = new DriftboardClient(life.url('ws', path), protocols)
  const isRead = (): boolean => client.frames.some(frame => frame.type === 'syncStep2')
  try {
    await waitFor('the board is read', () => isRead() || client.closed !== null || !life.isAlive)
    if (isRead()) return client.doc
    if (client.closed && client.closed.code >= 4000) {
      throw new Error(`A reader was closed with ${client.closed.code}: ${client.closed.reason}\n${life.log}`)
    }
    await life.death('what it was told to die of')
    return null
  } finally {
    client.leave()
  }
}

/** What of a document no client could show, in words. */
export function unreadable(doc: Y.Doc): string[] {
  const problems: string[] = []
  for (const [id, value] of doc.getMap('shapes')) {
    if (!(value instanceof Y.Map)) {
      problems.push(`${id} is no shape.`)
      continue
    }
    const keys = [...value].map(
      ([key, held]) => [key, held instanceof Y.Text ? held.toString() : held] as const,
    )
    const shape = readShape(id, new Map(keys))
    if (shape.type === 'unreadable') problems.push(shape.reason)
  }
  return problems
}
