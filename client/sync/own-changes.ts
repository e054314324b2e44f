import type * as Y from 'yjs'
import { Cell, type Readable } from '../../shared/util/readable.ts'
import type { ChangeLog } from './change-log.ts'
import type { StoredBoard } from './local-store.ts'
import type { TabLink } from './tab-link.ts'
import type { TabTeam } from './tab-team.ts'

interface OwnChangesParts {
  readonly doc: Y.Doc
  readonly local: StoredBoard
  readonly tabs: TabLink
  readonly team: TabTeam
  readonly changes: ChangeLog
}

/** Follows what this tab's person writes to where it arrives. `holders`: connected peers that hold all of it. */
export function followOwnChanges({ doc, local, tabs, team, changes }: OwnChangesParts) {
  const holders = new Cell(0)
  let latest = 0
  let known = 0
  const count = () => holders.set(team.arrivals.state.peers.filter(held => held >= latest).length)
  // After every listener to the update has done its part: the tabs are told, and what is connected has sent it.
  const onTransactions = (_doc: Y.Doc, transactions: readonly Y.Transaction[]) => {
    if (tabs.told === known) return
    known = tabs.told
    const isOwn = transactions.some(transaction => transaction.local)
    if (isOwn) {
      latest = known
      changes.made(latest)
      count()
    }
    team.told(known, isOwn)
  }
  doc.on('afterAllTransactions', onTransactions)
  const stops = [
    local.subscribe(state => state.at === 'saved' && changes.saved()),
    team.arrivals.subscribe(arrivals => {
      changes.arrived(arrivals)
      count()
    }),
  ]
  return {
    holders: holders as Readable<number>,
    stop() {
      doc.off('afterAllTransactions', onTransactions)
      for (const stop of stops) stop()
      holders.clear()
      changes.destroy()
    },
  }
}
