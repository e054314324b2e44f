import type { Scenario } from '../plan.ts'

export const soak: Scenario = {
  name: 'soak',
  summary: 'Moderate work for a long time: memory and latency must not grow. An hour; set --duration.',
  load: {
    ...{ clients: 60, rooms: 12, rate: 2, presence: 4, viewers: 0.2, shapes: 200 },
    ...{ duration: 3600, joinOver: 3 },
  },
  edits: { stroke: 3, move: 5, type: 2 },
  slo: { deliveryP99: 100, joinP99: null },
  // Now and then somebody closes a laptop.
  steps: ({ duration }) =>
    Array.from({ length: Math.min(60, Math.floor(duration / 60)) }, (_, minute) => [
      { at: 60 * minute + 20, do: 'leave', share: 0.05 } as const,
      { at: 60 * minute + 40, do: 'return', share: 0.05 } as const,
    ]).flat(),
}
