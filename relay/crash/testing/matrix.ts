import type { TemporaryFolder } from '../../testing/temporary-folder.ts'
import { History } from './history.ts'
import { FIRST_DEATHS, type Point, SECOND_DEATHS } from './points.ts'

export interface Run {
  readonly seed: number
  readonly first: Point
  readonly second: Point
}

/** Runs, each of two deaths: twenty have every point once, and every further twenty pair them differently. */
export function runsOf(count: number): Run[] {
  return Array.from({ length: count }, (_, at) => {
    const round = Math.floor(at / FIRST_DEATHS.length)
    const first = FIRST_DEATHS[at % FIRST_DEATHS.length]
    const second = SECOND_DEATHS[(at + round) % SECOND_DEATHS.length]
    if (!first || !second) throw new RangeError('There are no points.')
    return { seed: at + 1, first, second }
  })
}

/** Lives through a run in a folder of its own. Rejects when anything that a relay has promised is lost. */
export async function live(
  { seed, first, second }: Run,
  file: string,
  folder: TemporaryFolder,
  settings: Readonly<Record<string, string>> = {},
): Promise<History> {
  const history = new History({ seed, file, folder: folder.path, settings })
  try {
    await history.dieAt(first)
    await history.dieAt(second)
    await history.drawInPeace()
    await history.checkAtRest()
    return history
  } finally {
    await folder.remove()
  }
}
