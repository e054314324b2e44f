import type { Load, Plan } from './plan.ts'
import { unit } from './random.ts'

/** Client ids of Yjs: far above those of upgrades (below 2^24), and below 2^31. */
const FIRST_CLIENT = 0x2000_0000

/** The client that puts the first shapes on every board. */
export const SEED_CLIENT = 0x1fff_ffff

/** People behind one address. */
const PER_ADDRESS = 100

/** One person of a run. Every process works out the same seats. */
export interface Seat {
  /** Among all people of the run. */
  readonly person: number
  readonly room: number
  /** Among the people of the room. */
  readonly place: number
  /** Place among the writers of the room; null for who only looks. */
  readonly writer: number | null
  readonly process: number
}

type Seating = Pick<Plan, 'load' | 'processes'>

export const peopleIn = ({ clients, rooms }: Load, room: number): number =>
  Math.floor(clients / rooms) + (room < clients % rooms ? 1 : 0)

export const writersIn = (load: Load, room: number): number => {
  const people = peopleIn(load, room)
  return people - Math.round(people * load.viewers)
}

export function seatOf({ load, processes }: Seating, person: number): Seat {
  const room = person % load.rooms
  const place = Math.floor(person / load.rooms)
  return {
    person,
    room,
    place,
    writer: place < writersIn(load, room) ? place : null,
    // Those of one room share a process where they can: what they are sent is then read once.
    process: (load.rooms >= processes ? room : place) % processes,
  }
}

export const seatsOf = (plan: Seating, process: number): readonly Seat[] =>
  Array.from({ length: plan.load.clients }, (_, person) => seatOf(plan, person)).filter(
    seat => seat.process === process,
  )

/** The process that prepares a room and looks at it last. */
export const hostOf = (plan: Seating, room: number): number => seatOf(plan, room).process

/** The person who has that place in a room. */
export const personAt = ({ rooms }: Load, room: number, place: number): number => place * rooms + room

export const clientOf = (person: number): number => FIRST_CLIENT + person

/** The person of a client id; null for another client. */
export const personOf = (client: number): number | null =>
  client >= FIRST_CLIENT ? client - FIRST_CLIENT : null

/** Whether a person is among a share of all, always the same ones. */
export const isAmong = ({ seed }: Load, person: number, share: number): boolean =>
  unit(seed, person, 77) < share

/** Where a person connects from, on loopback. */
export const addressOf = (person: number): string => {
  const group = Math.floor(person / PER_ADDRESS) + 2
  return `127.0.${Math.floor(group / 250)}.${(group % 250) + 1}`
}

export const boardOf = ({ run }: Pick<Plan, 'run'>, room: number): string =>
  `${run}-${String(room).padStart(5, '0')}`
