import type { Scenario } from '../plan.ts'

export const hostile: Scenario = {
  name: 'hostile',
  summary:
    'Beside people at work, connections that break every rule of the protocol. The people must not notice.',
  load: {
    ...{ clients: 30, rooms: 3, rate: 3, presence: 5, viewers: 0.2, shapes: 200 },
    ...{ duration: 15, joinOver: 2 },
  },
  edits: { stroke: 3, move: 5, type: 2 },
  hostile: 6,
  slo: { deliveryP99: 100, joinP99: null },
}
