import type { Scenario } from '../plan.ts'

export const reconnectStorm: Scenario = {
  name: 'reconnect-storm',
  summary:
    'Half of the people lose their connection and come back at the same moment, three times, while the others work on.',
  load: {
    ...{ clients: 200, rooms: 20, rate: 2, presence: 2, viewers: 0.2, shapes: 200 },
    ...{ duration: 20, joinOver: 4 },
  },
  edits: { stroke: 1, move: 3 },
  slo: { deliveryP99: 100, joinP99: 2000 },
  steps: ({ duration }) =>
    [0.2, 0.45, 0.7].flatMap(at => [
      { at: at * duration, do: 'leave', share: 0.5 } as const,
      { at: (at + 0.1) * duration, do: 'return', share: 0.5 } as const,
    ]),
}
