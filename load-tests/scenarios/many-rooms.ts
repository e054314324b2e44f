import type { Scenario } from '../plan.ts'

export const manyRooms: Scenario = {
  name: 'many-rooms',
  summary: 'Small teams on a hundred boards, all at once.',
  load: {
    ...{ clients: 500, rooms: 100, rate: 4, presence: 4, viewers: 0, shapes: 50 },
    ...{ duration: 20, joinOver: 5 },
  },
  edits: { stroke: 2, move: 6, type: 2 },
  slo: { deliveryP99: 100, joinP99: null },
}
