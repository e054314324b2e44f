import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { packInk } from '../shared/geometry/ink.ts'
import { CLOSE } from '../shared/protocol/close.ts'
import { encodeFrame, SIGNAL_SUBPROTOCOL } from '../shared/protocol/frame.ts'
import { adapters } from './testing/adapters.ts'
import { Attacker } from './testing/hostile/attacker.ts'
import { affordableSockets, HalfOpen } from './testing/hostile/half-open.ts'
import { draw, drawing, Party } from './testing/hostile/party.ts'
import { Target } from './testing/hostile/target.ts'
import { until } from './testing/until.ts'

/** Connections that one board takes in this test. */
const BOARD_IS_FULL_AT = 40

/** Sockets that an attacker holds half open, where the kernel lets a process have as many. */
const HALF_OPEN = 10_000

/** ms in which the relay hangs up on who sends nothing: 10 s, and the time between looks. */
const HANGS_UP_WITHIN = 45_000

/** Bytes by which its memory may differ once all attackers are gone: far below what one of the floods sends. */
const MEMORY_SLACK = 16 * 1024 * 1024

/** Long strokes that a client which never reads may be sent until it is closed: several times what the kernel holds for it. */
const MOST_WRITES = 500

/** A packed stroke of about 180 KB, close to the longest. */
const LONG_STROKE = packInk({
  points: Array.from({ length: 30_000 }, (_, at) => [
    ((at * 7919) % 20_011) / 4,
    ((at * 104_729) % 20_021) / 4,
  ]),
  pressures: null,
})

describe.each(adapters)('people draw on a relay on %s, and', adapter => {
  let target: Target
  let party: Party
  let idle: { memoryBytes: number; openFiles: number }
  let halfOpen: HalfOpen

  beforeAll(async () => {
    target = await Target.start(adapter, { MAX_CONNECTIONS_PER_ROOM: String(BOARD_IS_FULL_AT) })
    party = await Party.meet(target)
    await party.drawsOn()
    idle = { memoryBytes: await target.memoryBytes(), openFiles: target.openFiles }
  })
  afterAll(async () => {
    halfOpen?.leave()
    party?.leave()
    await target?.stop()
  })

  test('thousands of connections that never end their request delay nobody', async () => {
    const count = affordableSockets(HALF_OPEN)
    if (count < HALF_OPEN)
      console.info(`Half-open sockets: ${count} instead of ${HALF_OPEN}, since ulimit -n allows no more.`)
    halfOpen = await HalfOpen.open(target.port, count)
    expect(count).toBeGreaterThan(0)
    await party.drawsOn()
    await party.join('editor')
    await party.drawsOn()
  })

  test('an editor who sends too many messages is closed with 4509', async () => {
    const flooder = await Attacker.enter(party.syncUrl, { credential: party.key('editor') })
    const question = encodeFrame({ type: 'queryAwareness' })
    for (let at = 0; at < 5_000; at += 1) flooder.send(question)
    expect(await flooder.end()).toMatchObject({ code: CLOSE.tooFast })
    await party.drawsOn()
  })

  test('an editor who sends too many bytes, in frames that are good, is closed with 4509', async () => {
    const { frame } = drawing({ type: 'ink', ink: LONG_STROKE })
    const flooder = await Attacker.enter(party.syncUrl, { credential: party.key('editor') })
    for (let at = 0; at < 900 && flooder.isOpen; at += 1) flooder.send(frame)
    expect(await flooder.end()).toMatchObject({ code: CLOSE.tooFast })
    await party.drawsOn()
  })

  test('a frame over the limit closes its sender with 4413', async () => {
    const { hello } = party.people[0]?.frames.find(frame => frame.type === 'hello') ?? {}
    const offender = await Attacker.enter(party.syncUrl, { credential: party.key('viewer') })
    offender.send(new Uint8Array((hello?.limits.frameBytes ?? 0) + 1))
    expect(await offender.end()).toMatchObject({ code: CLOSE.tooLarge })
    await party.drawsOn()
  })

  test('a presence over the limit closes its sender with 4413', async () => {
    const { hello } = party.people[0]?.frames.find(frame => frame.type === 'hello') ?? {}
    const state = JSON.stringify({ name: 'x'.repeat((hello?.limits.presenceBytes ?? 0) + 1) })
    const offender = await Attacker.enter(party.syncUrl, { credential: party.key('viewer') })
    offender.send(presenceOf(state))
    expect(await offender.end()).toMatchObject({ code: CLOSE.tooLarge })
    await party.drawsOn()
  })

  test('an editor who floods signalling is closed with 4509', async () => {
    const flooder = await Attacker.enter(party.signalUrl, {
      credential: party.key('editor'),
      protocols: [SIGNAL_SUBPROTOCOL],
    })
    for (let at = 0; at < 5_000; at += 1) flooder.send('{"type":"ping"}')
    expect(await flooder.end()).toMatchObject({ code: CLOSE.tooFast })
    await party.drawsOn()
  })

  test('an address that connects without end is refused with 4508 and lets others in', async () => {
    const from = '127.0.0.9'
    const codes: number[] = []
    for (let wave = 0; wave < 10; wave += 1) {
      const crowd = Array.from({ length: 50 }, () => new Attacker(party.syncUrl, { from }).end())
      for (const { code } of await Promise.all(crowd)) codes.push(code)
    }
    expect(new Set(codes)).toEqual(new Set([CLOSE.refused, CLOSE.crowded]))
    expect(codes.filter(code => code === CLOSE.crowded).length).toBeGreaterThan(100)
    await party.join('editor')
    await party.drawsOn()
  })

  test('a board that is full closes the next with 4508, and those on it draw on', async () => {
    const room = BOARD_IS_FULL_AT - party.people.length
    const crowd = await Promise.all(
      Array.from({ length: room }, () => Attacker.enter(party.syncUrl, { credential: party.key('viewer') })),
    )
    const next = await Attacker.enter(party.syncUrl, { credential: party.key('editor') })
    expect(await next.end()).toMatchObject({ code: CLOSE.crowded })
    await party.drawsOn()
    expect(crowd.every(one => one.isOpen)).toBe(true)
    for (const one of crowd) one.leave()
  })

  test('somebody who never reads is closed with 4529, and nobody waits for them', async () => {
    const [writer] = party.people
    if (!writer) throw new Error('Nobody is there.')
    const sloth = await Attacker.enter(party.syncUrl, { credential: party.key('viewer') })
    sloth.send(encodeFrame({ type: 'syncStep1', stateVector: new Uint8Array([0]) }))
    sloth.stall()
    const id = draw(writer.doc, { type: 'ink', ink: LONG_STROKE })
    const before = await target.closedWith(CLOSE.tooSlow)
    for (let at = 0; at < MOST_WRITES && (await target.closedWith(CLOSE.tooSlow)) === before; at += 1) {
      writer.doc.getMap<Y.Map<unknown>>('shapes').get(id)?.set('ink', LONG_STROKE.slice())
      await until(() => writer.acknowledged === writer.sent)
    }
    sloth.wake()
    expect(await sloth.end()).toMatchObject({ code: CLOSE.tooSlow })
    await party.drawsOn()
  })

  test('in the end the relay has hung up on all of them, and holds as little as before', async () => {
    const waited = { timeout: HANGS_UP_WITHIN, interval: 100 }
    await expect.poll(() => halfOpen.alive, waited).toBe(0)
    for (const person of party.people.splice(2)) person.leave()
    await expect.poll(() => target.openFiles, waited).toBeLessThanOrEqual(idle.openFiles)
    await expect.poll(() => target.memoryBytes(), waited).toBeLessThan(idle.memoryBytes + MEMORY_SLACK)
    await party.drawsOn()
  }, 120_000)
})

/** An awareness frame of one made-up client in this state, by hand: an encoder of ours would keep to the limit. */
function presenceOf(state: string): Uint8Array {
  const text = Buffer.from(state)
  const entry = Buffer.concat([varUint(1), varUint(7), varUint(1), varUint(text.length), text])
  return Buffer.concat([varUint(1), varUint(entry.length), entry])
}

function varUint(value: number): Buffer {
  const bytes: number[] = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return Buffer.from([...bytes, value])
}
