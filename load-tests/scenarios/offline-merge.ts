import type { Scenario } from '../plan.ts'

export const offlineMerge: Scenario = {
  name: 'offline-merge',
  summary: 'Half of the people go offline, make a thousand edits each, and come back together.',
  load: {
    ...{ clients: 20, rooms: 2, rate: 2, presence: 2, viewers: 0, shapes: 200 },
    ...{ duration: 15, joinOver: 1 },
  },
  edits: { stroke: 3, move: 4, type: 3 },
  slo: { deliveryP99: null, joinP99: 5000 },
  steps: ({ duration }) => [
    { at: 0.1 * duration, do: 'leave', share: 0.5 },
    { at: 0.2 * duration, do: 'edit', share: 0.5, edits: 1000 },
    { at: 0.6 * duration, do: 'return', share: 0.5 },
  ],
}
