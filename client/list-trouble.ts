import type { Readable } from '../shared/util/readable.ts'
import type { Notices } from './app/index.ts'
import { EVICTED } from './sync/device-database.ts'
import type { LocalState } from './sync/local-store.ts'

/** Says that the list of boards is not on this device, and why, for as long as that is so. */
export function tellListTrouble(stored: Readable<LocalState>, notices: Pick<Notices, 'error'>): void {
  let dismiss = () => {}
  stored.subscribe(state => {
    if (state.at !== 'failed' && state.at !== 'saved') return
    dismiss()
    dismiss = () => {}
    if (state.at === 'saved') return
    // It is stored anew at once, and what the device held besides is gone all the same.
    if (state.reason === 'evicted') notices.error(EVICTED)
    else dismiss = notices.error(`The list of boards is not saved. ${state.message}`)
  })
}
