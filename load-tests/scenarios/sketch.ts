import type { Scenario } from '../plan.ts'

export const sketch: Scenario = {
  name: 'sketch',
  summary: 'A few people draw on each of some boards, with their pointers in view.',
  load: {
    ...{ clients: 24, rooms: 4, rate: 3, presence: 15, viewers: 0.15, shapes: 300 },
    ...{ duration: 20, joinOver: 2 },
  },
  edits: { stroke: 5, move: 3, type: 2 },
  slo: { deliveryP99: 100, joinP99: null },
}
