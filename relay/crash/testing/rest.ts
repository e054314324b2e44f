import type * as Y from 'yjs'
import { systemClock } from '../../../shared/util/clock.ts'
import { secureRandom } from '../../../shared/util/random.ts'
import { addStored, loggedBoard } from '../../cli/documents.ts'
import { verify } from '../../cli/verify.ts'
import { parseConfig } from '../../config.ts'
import { objectSnapshots } from '../../storage/object-snapshots.ts'
import { openStores } from '../../stores.ts'

/** What a killed relay leaves of a write of its own that was under way: of merging a board's changes, say. Nobody was told of it. */
const LEFT_BY_KILL = /ends in the middle of a write/

/** A board as its killed relay left it. Rejects when anything that is stored there is damaged. */
export async function checkAtRest(settings: Readonly<Record<string, string>>, board: string): Promise<Y.Doc> {
  const config = parseConfig(settings)
  const stores = await openStores(config)
  try {
    const { retention } = config
    const snapshots = objectSnapshots(stores.objects, { clock: systemClock, random: secureRandom, retention })
    const problems: string[] = []
    await verify(null, {
      ...stores,
      snapshots,
      found: ({ where, what }) => {
        if (!LEFT_BY_KILL.test(what)) problems.push(`${where}: ${what}`)
      },
    })
    if (problems.length > 0) throw new Error(problems.join('\n'))
    const doc = await loggedBoard(stores.log, board)
    await addStored(doc, board, snapshots)
    return doc
  } finally {
    await stores.close()
  }
}
