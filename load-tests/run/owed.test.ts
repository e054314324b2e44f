import { expect, test } from 'vitest'
import { result } from '../result.testing.ts'
import { deliveriesOwed } from './owed.ts'

const owed = (clients: number, rooms: number, viewers: number): number =>
  deliveriesOwed({
    load: { ...result().load, clients, rooms, viewers, rate: 5, duration: 2 },
    edits: { move: 1 },
    steps: [],
  })

test('every edit is owed to everybody else in its room, whoever only looks included', () => {
  // Ten edits of each writer.
  expect(owed(4, 1, 0)).toBe(4 * 10 * 3)
  expect(owed(4, 1, 0.5)).toBe(2 * 10 * 3)
  // Rooms of three and of two.
  expect(owed(5, 2, 0)).toBe(3 * 10 * 2 + 2 * 10 * 1)
  expect(owed(2, 2, 0)).toBe(0)
})
