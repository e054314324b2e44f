import type { Scenario } from '../plan.ts'

export const coldStart: Scenario = {
  name: 'cold-start',
  summary: 'Everybody opens the same large board at the same moment, and begins to work.',
  load: {
    ...{ clients: 100, rooms: 1, rate: 1, presence: 1, viewers: 0.5, shapes: 10_000 },
    ...{ duration: 10, joinOver: 0 },
  },
  edits: { move: 1 },
  joinsMeasured: true,
  slo: { deliveryP99: null, joinP99: 5000 },
}
