import type { Scenario } from '../plan.ts'

export const slowReaders: Scenario = {
  name: 'slow-readers',
  summary:
    'The machines of a fifth of the people take nothing from the network for a while. The others must not notice.',
  load: {
    ...{ clients: 60, rooms: 2, rate: 8, presence: 5, viewers: 0.2, shapes: 200 },
    ...{ duration: 20, joinOver: 2 },
  },
  edits: { stroke: 5, move: 3 },
  slo: { deliveryP99: 100, joinP99: null },
  steps: ({ duration }) => [
    { at: 0.2 * duration, do: 'stall', share: 0.2 },
    { at: 0.7 * duration, do: 'wake', share: 0.2 },
  ],
}
