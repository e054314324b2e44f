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
import type { Server, ServerParts } from './http/server.ts'
import { loadNative, uwsServer } from './http/uws.ts'
import { wsServer } from './http/ws.ts'
import { type Relay, startRelay } from './relay.ts'
import { ROOM_LIMITS } from './room/seams.ts'
import { DriftboardClient } from './testing/driftboard-client.ts'
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.ts'
import { until } from './testing/until.ts'

const silent = () => undefined
const logger = { info: silent, warn: silent, error: silent }

type Serve = (parts: ServerParts) => Server

const native = loadNative()
const adapters: [string, Serve][] = [['ws', wsServer]]
if (native) adapters.push(['uWebSockets.js', parts => uwsServer(native, parts)])
else console.info('Skipped: the relay on uWebSockets.js, since this Node has no native build of it.')

describe.each(adapters)('a relay on %s', (adapter, serve) => {
  let folder: TemporaryFolder
  let relay: Relay
  let board: string
  const leaving: (() => void)[] = []

  async function start(): Promise<void> {
    const config = parseConfig({
      PORT: '0',
      DATA_DIR: folder.path,
      CLIENT_DIR: folder.path,
      STUN_URLS: 'stun:a.example',
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
      ann.doc.getMap('shapes').set(`a${at}`, at)
      ben.doc.getMap('shapes').set(`b${at}`, at)
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
    ann.doc.getMap('meta').set('by Ann', 1)
    ben.doc.getMap('meta').set('by Ben', 2)
    ann.provider.connect()
    await until(() => ann.doc.getMap('meta').size === 2 && ben.doc.getMap('meta').size === 2)
  })

  test('a Driftboard client hears hello first and, once it is durable, that its change is', async () => {
    const client = await join()
    client.doc.getMap('meta').set('title', 'Plan')
    await until(() => client.acknowledged === client.sent)
    expect(client.frames[0]).toMatchObject({
      type: 'hello',
      hello: {
        role: 'editor',
        limits: { frameBytes: ROOM_LIMITS.frameBytes },
        iceServers: [{ urls: ['stun:a.example'] }],
        mesh: { password: expect.stringMatching(/^.{40,}$/) },
      },
    })
  })

  test('a board of 3 MB is there for a stock and for a Driftboard client after a restart', async () => {
    const writer = await join()
    const shapes = writer.doc.getMap('shapes')
    writer.doc.transact(() => {
      for (let at = 0; at < 300; at += 1) shapes.set(`s${at}`, 'x'.repeat(10_000))
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
    ben.doc.getMap('meta').set('still', 'here')
    await until(() => ben.acknowledged === ben.sent)
  })

  test('a client that does not read is closed to resync, delays nobody, and misses nothing', async () => {
    const [stalled, writer, reader] = [await join(), await join(), await join()]
    stalled.stall()
    const shapes = writer.doc.getMap('shapes')
    for (let at = 0; at < 100; at += 1) {
      shapes.set(`s${at}`, 'x'.repeat(300_000))
      await until(() => writer.acknowledged === writer.sent)
    }
    await until(() => reader.doc.getMap('shapes').size === 100)
    stalled.wake()
    await until(() => stalled.closed !== null)
    expect(stalled.closed?.code).toBe(CLOSE.tooSlow)
    const again = await join()
    expect(again.doc.getMap('shapes').size).toBe(100)
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

  test('/healthz says that it runs, on what, and how much it holds', async () => {
    await join()
    const response = await fetch(`http://127.0.0.1:${relay.port}/healthz`)
    expect(await response.json()).toEqual({ status: 'ok', adapter, boards: 1, sockets: 1 })
  })

  describe('signalling (rules 19 and 20)', () => {
    async function signaller(): Promise<{ socket: WebSocket; heard: unknown[]; code: number | null }> {
      const state = {
        socket: new WebSocket(url('/signal')),
        heard: [] as unknown[],
        code: null as number | null,
      }
      state.socket.on('message', (data: Buffer) => state.heard.push(JSON.parse(data.toString())))
      state.socket.on('close', code => {
        state.code = code
      })
      leaving.push(() => state.socket.terminate())
      await until(() => state.socket.readyState === WebSocket.OPEN)
      return state
    }

    const say = ({ socket }: { socket: WebSocket }, message: object) => socket.send(JSON.stringify(message))

    /** Messages of one socket are handled in order: after the pong all before it have been. */
    async function settled(state: { socket: WebSocket; heard: unknown[] }): Promise<void> {
      const before = state.heard.length
      say(state, { type: 'ping' })
      await until(() =>
        state.heard.slice(before).some(message => JSON.stringify(message) === '{"type":"pong"}'),
      )
      state.heard.pop()
    }

    test('what is published reaches every subscriber of the topic, its sender included, with their number', async () => {
      const [ann, ben, carl] = [await signaller(), await signaller(), await signaller()]
      say(ann, { type: 'subscribe', topics: ['t'] })
      say(ben, { type: 'subscribe', topics: ['t', 'u'] })
      say(carl, { type: 'subscribe', topics: ['u'] })
      await Promise.all([ann, ben, carl].map(settled))
      say(ann, { type: 'publish', topic: 't', data: 'sealed' })
      const message = { type: 'publish', topic: 't', data: 'sealed', clients: 2 }
      await until(() => ann.heard.length === 1 && ben.heard.length === 1)
      expect([ann.heard, ben.heard, carl.heard]).toEqual([[message], [message], []])
    })

    test('who unsubscribed or left is no longer counted', async () => {
      const [ann, ben, carl] = [await signaller(), await signaller(), await signaller()]
      for (const person of [ann, ben, carl]) say(person, { type: 'subscribe', topics: ['t'] })
      say(ben, { type: 'unsubscribe', topics: ['t'] })
      await Promise.all([ann, ben, carl].map(settled))
      carl.socket.close()
      await until(() => carl.code !== null)
      await settled(ann)
      say(ann, { type: 'publish', topic: 't' })
      await until(() => ann.heard.length === 1)
      expect(ann.heard).toEqual([{ type: 'publish', topic: 't', clients: 1 }])
    })

    test.each([
      ['no JSON', 'nonsense', CLOSE.malformed],
      ['an unknown type', '{"type":"shout"}', CLOSE.malformed],
      ['topics that are no texts', '{"type":"subscribe","topics":[1]}', CLOSE.malformed],
      ['bytes', Uint8Array.of(1, 2, 3), CLOSE.malformed],
      [
        'nested without end',
        `{"type":"publish","topic":"t","data":${'['.repeat(120_000)}${']'.repeat(120_000)}}`,
        CLOSE.malformed,
      ],
      [
        'too large',
        JSON.stringify({ type: 'publish', topic: 't', data: 'x'.repeat(256 * 1024) }),
        CLOSE.tooLarge,
      ],
      ['a topic too long', JSON.stringify({ type: 'subscribe', topics: ['x'.repeat(129)] }), CLOSE.tooLarge],
      [
        'more topics than allowed',
        JSON.stringify({ type: 'subscribe', topics: Array.from({ length: 17 }, (_, at) => `t${at}`) }),
        CLOSE.tooLarge,
      ],
    ])('a message that is %s closes its sender', async (_what, message, code) => {
      const ann = await signaller()
      say(ann, { type: 'subscribe', topics: ['t'] })
      ann.socket.send(message)
      await until(() => ann.code !== null)
      expect(ann.code).toBe(code)
    })
  })
})
