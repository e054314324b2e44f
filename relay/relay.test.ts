import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { CLOSE } from '../shared/protocol/close.ts'
import { SUBPROTOCOL } from '../shared/protocol/frame.ts'
import { systemClock } from '../shared/util/clock.ts'
import { newId } from '../shared/util/ids.ts'
import { secureRandom } from '../shared/util/random.ts'
import { parseConfig } from './config.ts'
import { type Relay, startRelay } from './relay.ts'
import { ROOM_LIMITS } from './room/seams.ts'
import { adapters } from './testing/adapters.ts'
import { DriftboardClient } from './testing/driftboard-client.ts'
import { draw } from './testing/hostile/party.ts'
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.ts'
import { until } from './testing/until.ts'

const silent = () => undefined
const logger = { info: silent, warn: silent, error: silent }

describe.each(adapters)('a relay on %s', (adapter, serve) => {
  let folder: TemporaryFolder
  let relay: Relay
  let board: string
  const leaving: (() => void)[] = []

  async function start(settings: Record<string, string> = { AUTH: 'open' }): Promise<void> {
    const config = parseConfig({
      PORT: '0',
      DATA_DIR: folder.path,
      CLIENT_DIR: folder.path,
      STUN_URLS: 'stun:a.example',
      ...settings,
    })
    relay = await startRelay(config, { clock: systemClock, random: secureRandom, logger, serve })
  }

  beforeEach(async () => {
    folder = await temporaryFolder()
    board = newId(secureRandom)
    await start()
  })

  afterEach(async () => {
    for (const leave of leaving.splice(0)) leave()
    await relay.stop()
    await folder.remove()
  })

  const url = (path: string) => `ws://127.0.0.1:${relay.port}${path}`

  async function join(): Promise<DriftboardClient> {
    const client = await DriftboardClient.join(url(`/sync/${board}`))
    leaving.push(() => client.leave())
    return client
  }

  function stockClient(): { doc: Y.Doc; provider: WebsocketProvider } {
    const doc = new Y.Doc()
    const provider = new WebsocketProvider(url('/sync'), board, doc, {
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
    leaving.push(() => provider.destroy())
    return { doc, provider }
  }

  test('stock y-websocket clients converge, see each other, and see who leaves', async () => {
    const [ann, ben, carl] = [stockClient(), stockClient(), stockClient()]
    await until(() => [ann, ben, carl].every(({ provider }) => provider.synced))
    ann.provider.awareness.setLocalStateField('name', 'Ann')
    for (let at = 0; at < 50; at += 1) {
      draw(ann.doc)
      draw(ben.doc)
      carl.doc.getMap('meta').set('title', `Plan ${at}`)
    }
    const content = (doc: Y.Doc) =>
      JSON.stringify([doc.getMap('meta').toJSON(), Y.encodeStateVector(doc).length])
    await until(() => [ann, ben, carl].every(({ doc }) => doc.getMap('shapes').size === 100))
    await until(() => content(ann.doc) === content(carl.doc) && content(ben.doc) === content(carl.doc))
    const sees = (name: string) =>
      [...ben.provider.awareness.getStates().values()].some(state => state.name === name)
    await until(() => sees('Ann'))
    ann.provider.destroy()
    await until(() => !sees('Ann'))
  })

  test('a stock client that was away offers what it drew and gets what it missed', async () => {
    const [ann, ben] = [stockClient(), stockClient()]
    await until(() => ann.provider.synced && ben.provider.synced)
    ann.provider.disconnect()
    draw(ann.doc)
    draw(ben.doc)
    ann.provider.connect()
    await until(() => ann.doc.getMap('shapes').size === 2 && ben.doc.getMap('shapes').size === 2)
  })

  test('a Driftboard client hears hello first and, once it is durable, that its change is', async () => {
    const client = await join()
    client.doc.getMap('meta').set('title', 'Plan')
    await until(() => client.acknowledged === client.sent)
    expect(client.frames[0]).toMatchObject({
      type: 'hello',
      hello: {
        role: 'editor',
        limits: { frameBytes: ROOM_LIMITS.frameBytes, assetBytes: 10 * 2 ** 20 },
        iceServers: [{ urls: ['stun:a.example'] }],
        mesh: { password: expect.stringMatching(/^.{40,}$/) },
      },
    })
  })

  test('a board of 3 MB is there for a stock and for a Driftboard client after a restart', async () => {
    const writer = await join()
    const shapes = writer.doc.getMap('shapes')
    writer.doc.transact(() => {
      for (let at = 0; at < 300; at += 1) draw(writer.doc, { text: new Y.Text('x'.repeat(10_000)) })
    })
    await until(() => writer.acknowledged === writer.sent)
    writer.leave()
    await relay.stop()
    await start()
    const reader = await join()
    expect(reader.doc.getMap('shapes').size).toBe(300)
    const stock = stockClient()
    await until(() => stock.provider.synced)
    expect(stock.doc.getMap('shapes').toJSON()).toEqual(shapes.toJSON())
  })

  test.each([
    ['a path that holds no board id', CLOSE.badBoardId, '/sync/short', [SUBPROTOCOL]],
    ['only a version of the protocol that the relay does not speak', CLOSE.outdated, null, ['driftboard.v0']],
  ])('%s is told so by its close code, %i', async (_what, code, path, protocols) => {
    const client = new DriftboardClient(url(path ?? `/sync/${board}`), protocols)
    await until(() => client.closed !== null)
    expect(client.closed?.code).toBe(code)
    expect(client.closed?.reason).not.toBe('')
  })

  test('an app that writes an older schema than MIN_SCHEMA is closed with 4426', async () => {
    await relay.stop()
    await start({ AUTH: 'open', MIN_SCHEMA: '2' })
    const client = new DriftboardClient(url(`/sync/${board}`), [SUBPROTOCOL])
    await until(() => client.closed !== null)
    expect(client.closed).toMatchObject({ code: CLOSE.outdated, reason: expect.stringMatching(/Reload/) })
  })

  test.each([
    ['a text message', 'hello', CLOSE.malformed],
    ['bytes that are no frame', Uint8Array.of(99), CLOSE.malformed],
    ['a frame over the limit', new Uint8Array(ROOM_LIMITS.frameBytes + 1), CLOSE.tooLarge],
  ])('%s closes its sender with the reason first, and nobody else', async (_what, message, code) => {
    const [mallory, ben] = [await join(), await join()]
    mallory.send(message)
    await until(() => mallory.closed !== null)
    expect(mallory.closed?.code).toBe(code)
    expect(mallory.frames.at(-1)).toMatchObject({ type: 'rejected', code, reason: mallory.closed?.reason })
    draw(ben.doc)
    await until(() => ben.acknowledged === ben.sent)
  })

  test('a client that does not read is closed to resync, delays nobody, and misses nothing', async () => {
    const [stalled, writer, reader] = [await join(), await join(), await join()]
    stalled.stall()
    for (let at = 0; at < 60; at += 1) {
      for (let part = 0; part < 15; part += 1) draw(writer.doc, { text: new Y.Text('x'.repeat(20_000)) })
      await until(() => writer.acknowledged === writer.sent)
    }
    await until(() => reader.doc.getMap('shapes').size === 900)
    stalled.wake()
    await until(() => stalled.closed !== null)
    expect(stalled.closed?.code).toBe(CLOSE.tooSlow)
    const again = await join()
    expect(again.doc.getMap('shapes').size).toBe(900)
  })

  test('stopping acknowledges what has arrived, then closes with 1001', async () => {
    const [client, witness] = [await join(), await join()]
    client.doc.getMap('meta').set('title', 'Plan')
    await until(() => witness.doc.getMap('meta').get('title') === 'Plan')
    await relay.stop()
    await until(() => client.closed !== null)
    expect(client.closed?.code).toBe(CLOSE.goingAway)
    expect(client.acknowledged).toBe(client.sent)
    await start()
  })

  test.each(['optional', 'required'])(
    '/app.json tells pages that a lock is %s, and nobody keeps the answer',
    async vault => {
      await relay.stop()
      await start({ AUTH: 'open', VAULT: vault })
      const policyUrl = `http://127.0.0.1:${relay.port}/app.json`
      const response = await fetch(policyUrl)
      expect([response.status, await response.json()]).toEqual([200, { vault }])
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect((await fetch(policyUrl, { method: 'POST' })).status).toBe(405)
    },
  )

  test('/healthz says that it runs, on what, and how much it holds', async () => {
    await join()
    const response = await fetch(`http://127.0.0.1:${relay.port}/healthz`)
    expect(await response.json()).toEqual({ status: 'ok', adapter, boards: 1, sockets: 1 })
  })
})
