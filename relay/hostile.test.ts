import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLOSE } from '../shared/protocol/close.ts'
import { encodeFrame, type Frame, SIGNAL_SUBPROTOCOL, SUBPROTOCOL } from '../shared/protocol/frame.ts'
import { deriveKey, newOwnerKey } from '../shared/protocol/keys.ts'
import { ROLES, type Role } from '../shared/protocol/role.ts'
import { newId } from '../shared/util/ids.ts'
import { secureRandom } from '../shared/util/random.ts'
import { adapters } from './testing/adapters.ts'
import { Attacker } from './testing/hostile/attacker.ts'
import { drawing, Party } from './testing/hostile/party.ts'
import { Target } from './testing/hostile/target.ts'
import { until } from './testing/until.ts'

/** ms within which somebody who came with a replaced link is closed. */
const CLOSED_WITHIN = 1_000

const signalling = { protocols: [SIGNAL_SUBPROTOCOL] }

describe.each(adapters)('people draw on a relay on %s, and', adapter => {
  let target: Target
  beforeAll(async () => {
    target = await Target.start(adapter)
  })
  afterAll(() => target?.stop())

  /** Attacks the board of two people, who must not notice. */
  async function attack(assault: (party: Party) => Promise<void>): Promise<void> {
    const party = await Party.meet(target)
    await assault(party)
    await party.drawsOn()
    party.leave()
  }

  const noKeys: [string, (party: Party) => string | undefined, number][] = [
    ['no key', () => undefined, CLOSE.refused],
    ['junk', () => 'junk', CLOSE.refused],
    ['a key of the longest length and more', () => `e.${'A'.repeat(4_000)}`, CLOSE.refused],
    ["the viewer's secret as an editor's", party => `e${party.key('viewer').slice(1)}`, CLOSE.refused],
    ["the editor's secret as the owner's", party => `o${party.key('editor').slice(1)}`, CLOSE.refused],
    ['an owner key of their own', () => newOwnerKey(secureRandom).text, CLOSE.refused],
    ['the links of a later epoch', party => party.key('editor', 1), CLOSE.refused],
    [
      'the edit link of another board of the owner',
      party => deriveKey(party.owner, newId(secureRandom), 'editor', 0).text,
      CLOSE.refused,
    ],
  ]

  test.each(noKeys)('a stranger with %s gets in nowhere', async (_what, credentialFor, code) => {
    await attack(async party => {
      const credential = credentialFor(party)
      const how = credential ? { credential } : {}
      const stranger = await Attacker.enter(party.syncUrl, how)
      expect(await stranger.end()).toMatchObject({ code })
      const caller = await Attacker.enter(party.signalUrl, { ...how, ...signalling })
      expect(await caller.end()).toMatchObject({ code })
      const images = await target.fetch(`/api/boards/${party.board}/assets/${'0'.repeat(64)}`, {
        headers: credential ? { authorization: `Bearer ${credential}` } : {},
      })
      expect([401, 403]).toContain(images.status)
    })
  })

  test('a key in the address, where logs keep it, opens nothing', async () => {
    await attack(async party => {
      const stranger = await Attacker.enter(`${party.syncUrl}?token=${party.key('editor')}`)
      expect(await stranger.end()).toMatchObject({ code: CLOSE.refused })
    })
  })

  test('several keys at once open nothing, though one of them would', async () => {
    await attack(async party => {
      const stranger = await Attacker.enter(party.syncUrl, {
        protocols: [SUBPROTOCOL, 'auth.junk'],
        credential: party.key('editor'),
      })
      expect(await stranger.end()).toMatchObject({ code: CLOSE.malformed })
    })
  })

  test.each(['viewer', 'commenter'] as const)(
    'a %s who draws is closed with 4403, and nobody sees it',
    async role => {
      await attack(async party => {
        const { id, frame } = drawing()
        const offender = await Attacker.enter(party.syncUrl, { credential: party.key(role) })
        offender.send(frame)
        expect(await offender.end()).toMatchObject({ code: CLOSE.refused })
        await party.drawsOn()
        expect(party.hasShape(id)).toBe(false)
      })
    },
  )

  test.each(['viewer', 'commenter'] as const)(
    "a %s reaches nobody through the mesh's signalling",
    async role => {
      await attack(async party => {
        const offender = await Attacker.enter(party.signalUrl, { credential: party.key(role), ...signalling })
        expect(await offender.end()).toMatchObject({ code: CLOSE.refused })
      })
    },
  )

  test("an editor hears nothing of another board's signalling", async () => {
    const others = await Party.meet(target)
    await attack(async party => {
      const spy = await Attacker.enter(party.signalUrl, { credential: party.key('editor'), ...signalling })
      const subscription = { type: 'subscribe', topics: [others.board] }
      await spy.tell(subscription)
      const peers = await Promise.all(
        [0, 1].map(() =>
          Attacker.enter(others.signalUrl, { credential: others.key('editor'), ...signalling }),
        ),
      )
      for (const peer of peers) await peer.tell(subscription)
      await peers[0]?.tell({ type: 'publish', topic: others.board, data: 'secret' })
      await until(() => peers[1]?.texts.join().includes('secret') === true)
      await spy.tell({ type: 'ping' })
      expect(spy.texts.join()).not.toContain('secret')
      for (const one of [spy, ...peers]) one.leave()
    })
    others.leave()
  })

  const forged: Frame[] = [
    { type: 'ack', frames: 1_000_000, stateVector: new Uint8Array([0]) },
    { type: 'rejected', code: CLOSE.refused, reason: 'Go away.', where: '' },
  ]

  test.each(forged)("an editor who forges the relay's own $type is closed with 4400", async frame => {
    await attack(async party => {
      const offender = await Attacker.enter(party.syncUrl, { credential: party.key('editor') })
      offender.send(encodeFrame(frame))
      expect(await offender.end()).toMatchObject({ code: CLOSE.malformed })
    })
  })

  test.each([
    ['a key that no shape has', { type: 'rectangle', hack: 1 }],
    ['a type that does not exist', { type: 'virus' }],
    ['a place that is no number', { pos: [Number.NaN, 0] }],
    ['a place that is out of the world', { pos: [1e300, 0] }],
    ['a colour that is a script', { stroke: 'url(javascript:alert(1))' }],
  ])('an editor who draws a shape with %s is closed with 4422, and nobody sees it', async (_what, props) => {
    await attack(async party => {
      const { id, frame } = drawing(props)
      const offender = await Attacker.enter(party.syncUrl, { credential: party.key('editor') })
      offender.send(frame)
      expect(await offender.end()).toMatchObject({ code: CLOSE.invalid })
      await party.drawsOn()
      expect(party.hasShape(id)).toBe(false)
    })
  })

  test('two hundred editors who send random bytes are each closed, and nobody else is', async () => {
    await attack(async party => {
      for (let wave = 0; wave < 20; wave += 1) {
        const crowd = Array.from({ length: 10 }, async (_, index) => {
          const from = `127.0.3.${1 + ((wave * 10 + index) % 100)}`
          const one = await Attacker.enter(party.syncUrl, { credential: party.key('editor'), from })
          one.send(Buffer.concat([Buffer.of(index % 4), randomBytes(1 + index * 50)]))
          one.send(Buffer.of(99))
          return one.end()
        })
        for (const { code } of await Promise.all(crowd)) expect(code).toBeGreaterThanOrEqual(4400)
      }
    })
  })

  test('frames that are sent again five hundred times change nothing', async () => {
    await attack(async party => {
      const { frame } = drawing()
      const editor = await Attacker.enter(party.syncUrl, { credential: party.key('editor') })
      editor.send(frame)
      await party.drawsOn()
      const shapes = () => party.people.map(({ doc }) => doc.getMap('shapes').size)
      const before = shapes()
      for (let at = 0; at < 500; at += 1) editor.send(frame)
      await party.drawsOn()
      expect(editor.isOpen).toBe(true)
      expect(shapes()).toEqual(before.map(count => count + party.people.length))
      editor.leave()
    })
  })

  test("a viewer who replays an editor's frames of another board is closed with 4403, and nobody sees them", async () => {
    const others = await Party.meet(target)
    await attack(async party => {
      const { id, frame } = drawing()
      others.people[1]?.send(frame)
      await until(() => others.hasShape(id))
      const offender = await Attacker.enter(party.syncUrl, { credential: party.key('viewer') })
      offender.send(frame)
      expect(await offender.end()).toMatchObject({ code: CLOSE.refused })
      await party.drawsOn()
      expect(party.hasShape(id)).toBe(false)
    })
    others.leave()
  })

  test('a page of another origin connects to nothing and writes nothing, whatever key it has', async () => {
    await attack(async party => {
      const origin = 'https://evil.example'
      const how = { credential: party.key('editor'), origin }
      const page = await Attacker.enter(party.syncUrl, how)
      expect(await page.end()).toMatchObject({
        code: CLOSE.refused,
        reason: expect.stringContaining('ORIGINS'),
      })
      const caller = await Attacker.enter(party.signalUrl, { ...how, ...signalling })
      expect(await caller.end()).toMatchObject({ code: CLOSE.refused })
      const rotation = await target.fetch(`/api/boards/${party.board}/keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${party.owner.text}`, origin },
      })
      expect(rotation.status).toBe(403)
    })
  })

  const writes: [Role, string, string][] = [
    ['editor', 'POST', 'keys'],
    ['viewer', 'POST', 'keys'],
    ['commenter', 'PUT', `assets/${'0'.repeat(64)}`],
    ['viewer', 'PUT', `assets/${'0'.repeat(64)}`],
    ['commenter', 'GET', 'versions'],
    ['viewer', 'GET', 'versions'],
  ]

  test.each(writes)('for the %s key, %s %s is forbidden', async (role, method, path) => {
    await attack(async party => {
      const response = await target.fetch(`/api/boards/${party.board}/${path}`, {
        method,
        headers: { authorization: `Bearer ${party.key(role)}`, 'content-type': 'image/png' },
        ...(method === 'PUT' ? { body: 'x' } : {}),
      })
      expect(response.status).toBe(403)
    })
  })

  test('whoever came with an old link is closed with 4401 within a second, on the board and on signalling', async () => {
    const party = await Party.meet(target)
    const guests = await Promise.all(
      ROLES.slice(1).map(role => Attacker.enter(party.syncUrl, { credential: party.key(role) })),
    )
    const caller = await Attacker.enter(party.signalUrl, { credential: party.key('editor'), ...signalling })
    const replacedAt = performance.now()
    expect(await party.replaceLinks()).toBe(1)
    for (const one of [...guests, caller]) expect(await one.end()).toMatchObject({ code: CLOSE.revoked })
    expect(performance.now() - replacedAt).toBeLessThan(CLOSED_WITHIN)
    for (const role of ROLES.slice(1)) {
      const again = await Attacker.enter(party.syncUrl, { credential: party.key(role) })
      expect(await again.end()).toMatchObject({ code: CLOSE.revoked })
    }
    const [owner, removed] = party.people.splice(0)
    await expect.poll(() => removed?.closed?.code).toBe(CLOSE.revoked)
    if (owner) party.people.push(owner)
    await party.join('editor', 1)
    await party.drawsOn()
    party.leave()
  })
})
