import * as Y from 'yjs'
import { lastEditBy, type Timeline } from '../timeline.ts'

/** Numbers of one row: the place of the writer, its clock before and after, and where the row's moments end. */
export const ROW = 4

/** What an update holds of somebody who is none of the room's writers. */
interface Other {
  readonly client: number
  readonly to: number
}

/** What updates hold. It is read once and walked through for each reader, and so it lies in flat arrays. */
export interface Changes {
  readonly updates: readonly Uint8Array[]
  /** `ROW` numbers for each writer of each update. */
  readonly rows: Int32Array
  /** ms from the start at which each edit that ends in a row was to be made, row by row; -Infinity: nobody expects it. */
  readonly dues: Float64Array
  readonly others: readonly Other[]
}

/** @param writerOf the place of a Yjs client among the writers of the room; null for others */
export function changesIn(
  updates: readonly Uint8Array[],
  timelines: readonly Timeline[],
  writerOf: (client: number) => number | null,
): Changes {
  const rows: number[] = []
  const dues: number[] = []
  const others: Other[] = []
  for (const update of updates) {
    const { from, to } = Y.parseUpdateMeta(update)
    for (const [client, end] of to) {
      const writer = writerOf(client)
      const timeline = writer === null ? undefined : timelines[writer]
      if (writer === null || !timeline) {
        others.push({ client, to: end })
        continue
      }
      const begin = from.get(client) ?? 0
      const last = lastEditBy(timeline, end)
      for (let edit = lastEditBy(timeline, begin) + 1; edit <= last; edit += 1)
        dues.push(expectedAt(timeline, edit))
      rows.push(writer, begin, end, dues.length)
    }
  }
  return { updates, rows: Int32Array.from(rows), dues: Float64Array.from(dues), others }
}

/** ms from the start; -Infinity for an edit that nobody expects in time. */
const expectedAt = ({ due, away }: Timeline, edit: number): number =>
  away[edit] === 1 ? Number.NEGATIVE_INFINITY : (due[edit] as number)
