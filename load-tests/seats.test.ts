import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Load } from './plan.ts'
import { unit } from './random.ts'
import {
  addressOf,
  clientOf,
  hostOf,
  peopleIn,
  personAt,
  personOf,
  seatOf,
  seatsOf,
  writersIn,
} from './seats.ts'

const someLoad = fc
  .record({
    clients: fc.integer({ min: 1, max: 300 }),
    rooms: fc.integer({ min: 1, max: 40 }),
    viewers: fc.double({ min: 0, max: 1, noNaN: true }),
    processes: fc.integer({ min: 1, max: 5 }),
  })
  .filter(({ clients, rooms }) => rooms <= clients)
  .map(({ processes, ...load }) => ({
    processes,
    load: {
      ...load,
      rate: 1,
      presence: 0,
      duration: 1,
      joinOver: 0,
      shapes: 0,
      seed: 1,
      warmUp: 0,
    } satisfies Load,
  }))

test('everybody sits in one process, one room and one place, and all of them are taken', () => {
  fc.assert(
    fc.property(someLoad, plan => {
      const { load, processes } = plan
      const seats = Array.from({ length: processes }, (_, process) => seatsOf(plan, process)).flat()
      expect(new Set(seats.map(seat => seat.person)).size).toBe(load.clients)
      for (let room = 0; room < load.rooms; room += 1) {
        const own = seats.filter(seat => seat.room === room)
        expect(own).toHaveLength(peopleIn(load, room))
        expect(own.filter(seat => seat.writer !== null)).toHaveLength(writersIn(load, room))
        expect(new Set(own.map(seat => seat.place)).size).toBe(own.length)
        expect(own.map(seat => seat.process)).toContain(hostOf(plan, room))
      }
      for (const { person, room, place } of seats) expect(personAt(load, room, place)).toBe(person)
    }),
    { numRuns: 30 },
  )
})

test('a client id leads back to its person, and one of somebody else to nobody', () => {
  expect(personOf(clientOf(1234))).toBe(1234)
  expect(personOf(99)).toBeNull()
})

test('people of one room share a process where there are rooms enough', () => {
  const load = {
    clients: 40,
    rooms: 10,
    rate: 1,
    presence: 0,
    duration: 1,
    joinOver: 0,
    viewers: 0,
    shapes: 0,
    seed: 1,
    warmUp: 0,
  }
  const inRoom = Array.from({ length: 40 }, (_, person) => seatOf({ load, processes: 3 }, person)).filter(
    seat => seat.room === 4,
  )
  expect(new Set(inRoom.map(seat => seat.process)).size).toBe(1)
})

test('addresses are those of loopback, and a hundred people share one at most', () => {
  const addresses = Array.from({ length: 60_000 }, (_, person) => addressOf(person))
  expect(new Set(addresses).size).toBe(600)
  for (const address of new Set(addresses)) {
    expect(address).toMatch(/^127\.0\.\d{1,3}\.\d{1,3}$/)
    expect(address.split('.').every(part => Number(part) < 256)).toBe(true)
  }
})

test('a number follows from what it is asked for, and is spread over all of [0, 1)', () => {
  expect(unit(7, 1, 2)).toBe(unit(7, 1, 2))
  const numbers = Array.from({ length: 2000 }, (_, at) => unit(5, at))
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const own = numbers.filter(number => Math.floor(number * 10) === tenth).length
    expect(own).toBeGreaterThan(140)
    expect(own).toBeLessThan(260)
  }
})
