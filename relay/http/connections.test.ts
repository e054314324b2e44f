import { expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { Connections } from './connections.ts'

const LIMITS = { connections: 1_000, connectionsPerAddress: 300 }

function counting(limits: Partial<typeof LIMITS> = {}) {
  let now = 0
  const connections = new Connections({ seconds: () => now, limits: { ...LIMITS, ...limits } })
  return {
    connections,
    wait: (seconds: number) => {
      now += seconds
    },
    enter(address: string): () => void {
      const leave = connections.enter('sync', address)
      if (typeof leave !== 'function') throw new Error(leave.refused)
      return leave
    },
    refusal(address: string) {
      const refused = connections.enter('sync', address)
      return typeof refused === 'function' ? null : refused
    },
  }
}

test('the connection after the last that the relay takes is crowded out until one leaves', () => {
  const { connections, enter, refusal } = counting({ connections: 2 })
  const leave = enter('192.0.2.1')
  connections.enter('signal', '192.0.2.2')
  expect([connections.count, connections.countOf('sync'), connections.countOf('signal')]).toEqual([2, 1, 1])
  expect(refusal('192.0.2.3')).toMatchObject({
    code: CLOSE.crowded,
    refused: expect.stringMatching(/This relay/),
  })
  leave()
  leave()
  expect(connections.count).toBe(1)
  enter('192.0.2.3')
})

test('an address, or a network of IPv6, has its own cap over both endpoints, and others are not affected', () => {
  const { connections, enter, refusal } = counting({ connectionsPerAddress: 2 })
  const leave = enter('2001:db8::1')
  connections.enter('signal', '2001:db8::2')
  expect(refusal('2001:db8::3')?.refused).toMatch(/Your address has/)
  enter('2001:db8:0:1::1')
  leave()
  expect(refusal('2001:db8::3')).toBeNull()
})

test('an address may connect 200 times at once and then 50 times a second, whether or not it stays', () => {
  const { enter, refusal, wait } = counting()
  for (let at = 0; at < 200; at += 1) enter('192.0.2.1')()
  expect(refusal('192.0.2.1')?.refused).toMatch(/too often/)
  enter('192.0.2.2')
  wait(1)
  for (let at = 0; at < 50; at += 1) enter('192.0.2.1')()
  expect(refusal('192.0.2.1')).not.toBeNull()
})

test('who is refused does not count, and addresses that are gone are forgotten', () => {
  const { connections, enter, refusal, wait } = counting({ connectionsPerAddress: 1 })
  for (let at = 0; at < 1_000; at += 1) {
    const leave = enter(`10.0.${at >> 8}.${at & 255}`)
    expect(refusal(`10.0.${at >> 8}.${at & 255}`)).not.toBeNull()
    leave()
  }
  expect([connections.count, connections.addresses]).toEqual([0, 1_000])
  wait(10)
  enter('192.0.2.1')()
  expect(connections.addresses).toBe(1)
})
