import type { Turns } from '../../shared/util/turns.ts'
import type { Backlog } from './backlog.ts'
import type { KeptAnswers } from './first-answer.ts'
import type { Pulse } from './pulse.ts'
import type { SnapshotRequests } from './snapshot-schedule.ts'

/** What all rooms of a relay share: its time, its memory and its store. */
export interface Commons {
  readonly requests: SnapshotRequests
  readonly backlog: Backlog
  readonly pulse: Pulse
  /** For answers, which may be large. */
  readonly turns: Turns
  readonly answers: KeptAnswers
}
