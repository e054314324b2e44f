import type { Scenario } from '../plan.ts'

export const bigBoard: Scenario = {
  name: 'big-board',
  summary: 'Some people work on a board of 50,000 shapes.',
  load: {
    ...{ clients: 12, rooms: 1, rate: 3, presence: 5, viewers: 0.25, shapes: 50_000 },
    ...{ duration: 15, joinOver: 3 },
  },
  edits: { stroke: 3, move: 5, type: 2 },
  slo: { deliveryP99: 100, joinP99: null },
}
