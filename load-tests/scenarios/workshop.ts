import type { Scenario } from '../plan.ts'

export const workshop: Scenario = {
  name: 'workshop',
  summary: 'Everybody works on one board: try it with --clients 50 to 500.',
  load: {
    ...{ clients: 100, rooms: 1, rate: 5, presence: 5, viewers: 0.1, shapes: 500 },
    ...{ duration: 20, joinOver: 3 },
  },
  edits: { stroke: 2, move: 6, type: 2 },
  slo: { deliveryP99: 100, joinP99: null },
}
