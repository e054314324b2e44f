import type { Scenario } from '../plan.ts'
import { bigBoard } from './big-board.ts'
import { chaos } from './chaos.ts'
import { coldStart } from './cold-start.ts'
import { hostile } from './hostile.ts'
import { manyRooms } from './many-rooms.ts'
import { offlineMerge } from './offline-merge.ts'
import { reconnectStorm } from './reconnect-storm.ts'
import { sketch } from './sketch.ts'
import { slowReaders } from './slow-readers.ts'
import { soak } from './soak.ts'
import { workshop } from './workshop.ts'

/** Every workload that can be asked for, in the order of the help. */
export const scenarios: readonly Scenario[] = [
  sketch,
  workshop,
  manyRooms,
  coldStart,
  reconnectStorm,
  offlineMerge,
  bigBoard,
  slowReaders,
  hostile,
  soak,
  chaos,
]
