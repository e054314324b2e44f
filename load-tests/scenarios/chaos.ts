import type { Scenario } from '../plan.ts'

export const chaos: Scenario = {
  name: 'chaos',
  summary:
    'The store of snapshots goes away, the disk fills up, and the relay is killed, while people work. Nothing may be lost.',
  load: {
    ...{ clients: 20, rooms: 2, rate: 3, presence: 3, viewers: 0.1, shapes: 200 },
    ...{ duration: 40, joinOver: 1 },
  },
  edits: { stroke: 3, move: 5, type: 2 },
  // Who draws while the relay is dead is not served within a tenth of a second.
  slo: { deliveryP99: null, joinP99: null },
  steps: ({ duration }) => [
    { at: 0.1 * duration, do: 's3 down' },
    { at: 0.2 * duration, do: 's3 up' },
    { at: 0.3 * duration, do: 'kill' },
    { at: 0.32 * duration, do: 'start' },
    { at: 0.5 * duration, do: 'disk full' },
    { at: 0.65 * duration, do: 'disk free' },
    { at: 0.8 * duration, do: 'kill' },
    { at: 0.82 * duration, do: 'start' },
  ],
}
