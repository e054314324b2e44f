import type { Plan } from '../plan.ts'
import { clientOf, personAt } from '../seats.ts'
import type { Reader } from './reader.ts'

/** How far a person has come with every client of Yjs, from what it got and what it wrote. */
export function clocksOf(
  reader: Reader,
  own: { readonly client: number; readonly clock: number } | null,
  load: Plan['load'],
  room: number,
): Map<number, number> {
  const clocks = new Map(reader.others)
  for (const [writer, clock] of reader.clocks.entries()) {
    if (clock > 0) clocks.set(clientOf(personAt(load, room, writer)), clock)
  }
  if (own) clocks.set(own.client, own.clock)
  return clocks
}
