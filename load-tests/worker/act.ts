import type { Step } from '../plan.ts'
import type { Client } from './client.ts'

/** What a step of the run means for one person. `due`: when that was to be, ms since the start. */
export function act(client: Client, step: Step, due: number): void {
  switch (step.do) {
    case 'leave':
      return client.leave()
    case 'return':
      return client.join(due)
    case 'stall':
      return client.stall()
    case 'wake':
      return client.wake()
    default:
  }
}
