import { Writable } from 'node:stream'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSE } from '../shared/protocol/close.ts'
import { CREDENTIAL_PREFIX, SIGNAL_SUBPROTOCOL, SUBPROTOCOL } from '../shared/protocol/frame.ts'
import { type BoardKey, deriveKey, newOwnerKey } from '../shared/protocol/keys.ts'
import type { Role } from '../shared/protocol/role.ts'
import { systemClock } from '../shared/util/clock.ts'
import { newId } from '../shared/util/ids.ts'
import { secureRandom } from '../shared/util/random.ts'
import { parseConfig } from './config.ts'
import { boardTag, createLogger } from './log.ts'
import { type Relay, type RelayParts, startRelay } from './relay.ts'
import type { ObjectStore } from './storage/object-store.ts'
import { StorageError } from './storage/update-log.ts'
import { openStores } from './stores.ts'
import { adapters } from './testing/adapters.ts'
import { DriftboardClient } from './testing/driftboard-client.ts'
import { draw } from './testing/hostile/party.ts'
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.ts'
import { until } from './testing/until.ts'

const TOKEN = 'a-token-for-metrics'

/** ms. Far more than anything takes. */
const PATIENCE = 15_000

describe.each(adapters)('the whole relay on %s', (adapter, serve) => {
  let folder: TemporaryFolder
  let relay: Relay | null
  let logged: string
  let board: string
  let owner: BoardKey
  const leaving: (() => void)[] = []

  beforeEach(async () => {
    folder = await temporaryFolder()
    relay = null
    logged = ''
    board = newId(secureRandom)
    owner = newOwnerKey(secureRandom)
  })

  afterEach(async () => {
    for (const leave of leaving.splice(0)) leave()
    await relay?.stop()
    await folder.remove()
  })

  async function start(
    settings: Record<string, string> = {},
    parts: Partial<RelayParts> = {},
  ): Promise<void> {
    const destination = new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk)
        done()
      },
    })
    const environment = { PORT: '0', DATA_DIR: folder.path, CLIENT_DIR: folder.path, ...settings }
    const logger = createLogger('trace', destination)
    relay = await startRelay(parseConfig(environment), {
      clock: systemClock,
      random: secureRandom,
      logger,
      serve,
      ...parts,
    })
  }

  const key = (role: Role, epoch = 0): string => deriveKey(owner, board, role, epoch).text

  const address = (scheme: string, path: string): string => `${scheme}://127.0.0.1:${relay?.port}${path}`

  const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(address('http', path), init)

  function client(credential: string): DriftboardClient {
    const offers = [SUBPROTOCOL, CREDENTIAL_PREFIX + credential]
    const made = new DriftboardClient(address('ws', `/sync/${board}`), offers)
    leaving.push(() => made.leave())
    return made
  }

  async function join(credential: string): Promise<DriftboardClient> {
    const joined = client(credential)
    await until(() => joined.closed !== null || joined.frames.some(frame => frame.type === 'syncStep2'))
    if (joined.closed) throw new Error(`Not let in: ${joined.closed.code} ${joined.closed.reason}`)
    return joined
  }

  async function codeOf(credential: string): Promise<number | undefined> {
    const refused = client(credential)
    await until(() => refused.closed !== null)
    return refused.closed?.code
  }

  /** Our series, by name with labels. */
  async function metrics(): Promise<Map<string, number>> {
    const text = await (await ask('/metrics')).text()
    const lines = text.split('\n').filter(line => line.startsWith('driftboard_'))
    return new Map(lines.map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
  }

  const untilMetric = (name: string, holds: (value: number) => boolean) =>
    vi.waitUntil(async () => holds((await metrics()).get(name) ?? Number.NaN), { timeout: PATIENCE })

  const untilReady = () => vi.waitUntil(async () => (await ask('/readyz')).ok, { timeout: PATIENCE })

  test('the first with an owner key has the board; links open it with their roles, and others do not', async () => {
    await start()
    expect(await codeOf(key('editor'))).toBe(CLOSE.unclaimed)
    const ann = await join(owner.text)
    const ben = await join(key('editor'))
    draw(ben.doc)
    await until(() => ann.doc.getMap('shapes').size === 1)
    const hello = async (role: Role) => (await join(key(role))).frames[0]
    expect(await hello('commenter')).toMatchObject({ hello: { role: 'commenter', epoch: 0, mesh: null } })
    expect(await hello('viewer')).toMatchObject({ hello: { role: 'viewer', iceServers: [], mesh: null } })
    expect(await codeOf(newOwnerKey(secureRandom).text)).toBe(CLOSE.refused)
  })

  test('only editors are told of TURN servers, with credentials that expire', async () => {
    await start({ TURN_URLS: 'turn:t.example', TURN_SECRET: 'shared with the TURN server' })
    await join(owner.text)
    const [hello] = (await join(key('editor'))).frames
    if (hello?.type !== 'hello') throw new Error('hello does not come first')
    const [server] = hello.hello.iceServers
    expect(server?.urls).toEqual(['turn:t.example'])
    const expires = Number(server?.username?.split(':')[0])
    expect(expires).toBeGreaterThan(Date.now() / 1000 + 3_600)
    expect(expires).toBeLessThan(Date.now() / 1000 + 25 * 3_600)
  })

  test('replacing the links closes who came by the old ones within a second, on both endpoints, and lets them in nowhere', async () => {
    await start()
    const ann = await join(owner.text)
    const ben = await join(key('editor'))
    const signal = new WebSocket(address('ws', `/signal/${board}`), [
      SIGNAL_SUBPROTOCOL,
      CREDENTIAL_PREFIX + key('editor'),
    ])
    leaving.push(() => signal.terminate())
    let signalCode: number | null = null
    signal.on('close', code => {
      signalCode = code
    })
    await until(() => signal.readyState === WebSocket.OPEN)
    const begun = performance.now()
    const response = await ask(`/api/boards/${board}/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.text}` },
    })
    expect(await response.json()).toEqual({ epoch: 1 })
    await until(() => ben.closed !== null && signalCode !== null)
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect([ben.closed?.code, signalCode]).toEqual([CLOSE.revoked, CLOSE.revoked])
    expect(ann.closed).toBe(null)
    expect(await codeOf(key('editor'))).toBe(CLOSE.revoked)
    await join(key('editor', 1))
  })

  test('with AUTH=jwt a token says who may do what', async () => {
    const secret = 'a secret of thirty-two bytes or more'
    await start({ AUTH: 'jwt', JWT_SECRET: secret })
    const token = (claims: Record<string, unknown>, lifetime: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime(lifetime)
        .sign(Buffer.from(secret))
    const ann = await join(await token({ board, role: 'editor' }, '1h'))
    expect(ann.frames[0]).toMatchObject({ hello: { role: 'editor', epoch: null } })
    expect(await codeOf(await token({ board: newId(secureRandom), role: 'editor' }, '1h'))).toBe(
      CLOSE.refused,
    )
    const brief = await join(await token({ board, role: 'editor' }, '2s'))
    await until(() => brief.closed !== null)
    expect(brief.closed?.code).toBe(CLOSE.revoked)
  })

  test('what people do shows in the metrics', async () => {
    await start({ SNAPSHOT_AFTER_MS: '0' })
    const before = await metrics()
    expect(before.get(`driftboard_build_info{version="0.1.0",adapter="${adapter}"}`)).toBe(1)
    const ann = await join(owner.text)
    const ben = await join(key('editor'))
    draw(ann.doc)
    await until(() => ben.doc.getMap('shapes').size === 1 && ann.acknowledged === ann.sent)
    ben.send('a text')
    await until(() => ben.closed !== null)
    await untilMetric('driftboard_snapshot_seconds_count', count => count > 0)
    const after = await metrics()
    const grown = (name: string) =>
      (after.get(`driftboard_${name}`) ?? 0) - (before.get(`driftboard_${name}`) ?? 0)
    expect({
      connections: after.get('driftboard_connections{endpoint="sync"}'),
      rooms: after.get('driftboard_rooms'),
      sessions: after.get('driftboard_sessions'),
      malformed: grown('closes_total{code="4400",reason="malformed"}'),
      failures: grown('snapshot_failures_total'),
    }).toEqual({ connections: 1, rooms: 1, sessions: 1, malformed: 1, failures: 0 })
    for (const name of [
      'updates_total',
      'update_bytes_total',
      'received_frames_total',
      'received_bytes_total',
      'sent_frames_total',
      'sent_bytes_total',
      'tick_seconds_count',
      'validation_seconds_count',
      'append_seconds_count',
      'snapshot_seconds_count',
      'snapshot_bytes_total',
    ]) {
      expect([name, grown(name) > 0]).toEqual([name, true])
    }
  })

  test('/metrics and /status ask for the token where one is set; /healthz and /readyz do not', async () => {
    await start({ METRICS_TOKEN: TOKEN })
    const basic = `Basic ${Buffer.from(`any:${TOKEN}`).toString('base64')}`
    const wrong = `Basic ${Buffer.from(`${TOKEN}:any`).toString('base64')}`
    for (const path of ['/metrics', '/status']) {
      const status = async (authorization?: string) =>
        (await ask(path, authorization ? { headers: { authorization } } : {})).status
      expect(await status()).toBe(401)
      expect(await status(`Bearer ${TOKEN}x`)).toBe(401)
      expect(await status(wrong)).toBe(401)
      expect(await status(`Bearer ${TOKEN}`)).toBe(200)
      expect(await status(basic)).toBe(200)
    }
    expect((await ask('/healthz')).status).toBe(200)
    await untilReady()
    expect((await ask('/metrics', { method: 'POST' })).status).toBe(405)
  })

  test('/status is a page without scripts that says how the relay is', async () => {
    await start()
    await untilReady()
    const response = await ask('/status')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await response.text()
    expect(page).toContain('All is well.')
    expect(page).toContain(adapter)
  })

  describe('when the object store fails', () => {
    let isBroken: boolean
    /** The real stores, whose objects fail while `isBroken`. */
    const storage: RelayParts['storage'] = async config => {
      const stores = await openStores(config)
      const objects = new Proxy(stores.objects, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name)
          if (typeof value !== 'function' || name === 'close') return value
          return (...args: unknown[]) =>
            isBroken
              ? Promise.reject(new StorageError(`boards/${board}/keys: S3_ENDPOINT cannot be reached.`))
              : Reflect.apply(value, target, args)
        },
      }) satisfies ObjectStore
      return { ...stores, objects }
    }

    test('a relay that starts without it is alive and not ready, and is ready when it comes', async () => {
      isBroken = true
      await start({}, { storage })
      expect((await ask('/healthz')).status).toBe(200)
      const reasons = async () => ((await (await ask('/readyz')).json()) as { reasons: string[] }).reasons
      // The log has been written to by then.
      await expect.poll(reasons).toEqual(['The object store has not been reached since the start.'])
      expect((await ask('/readyz')).status).toBe(503)
      expect((await metrics()).get('driftboard_ready')).toBe(0)
      isBroken = false
      await untilReady()
      expect((await metrics()).get('driftboard_store_up{store="objects"}')).toBe(1)
    })

    test('people who are on a board draw on; the relay stays ready, says that it is degraded, and catches up', async () => {
      isBroken = false
      await start({ AUTH: 'open', SNAPSHOT_AFTER_MS: '0' }, { storage })
      await untilReady()
      const [ann, ben] = [await join('-'), await join('-')]
      isBroken = true
      draw(ann.doc)
      await until(() => ben.doc.getMap('shapes').size === 1 && ann.acknowledged === ann.sent)
      await untilMetric('driftboard_snapshot_failures_total', count => count > 0)
      const response = await ask('/readyz')
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ ready: true, degraded: ['Snapshots cannot be stored.'] })
      expect((await metrics()).get('driftboard_unsnapshotted_boards')).toBe(1)
      isBroken = false
      await until(() => ann.frames.some(frame => frame.type === 'snapshotted'))
      expect(logged).not.toContain(board)
      expect(logged).toContain(boardTag(board))
    })
  })

  test('nothing that was logged holds a key, a token or the id of a board, whatever went wrong', async () => {
    const turn = 'shared with the TURN server'
    await start({ METRICS_TOKEN: TOKEN, TURN_URLS: 'turn:t.example', TURN_SECRET: turn })
    const stranger = newOwnerKey(secureRandom)
    await codeOf(key('editor'))
    await join(owner.text)
    const ben = await join(key('editor'))
    const viewer = await join(key('viewer'))
    await codeOf(stranger.text)
    await codeOf('not a key at all'.replaceAll(' ', '.'))
    draw(viewer.doc)
    await until(() => viewer.closed !== null)
    ben.send(Uint8Array.of(99))
    await until(() => ben.closed !== null)
    expect([viewer.closed?.code, ben.closed?.code]).toEqual([CLOSE.refused, CLOSE.malformed])
    await ask('/metrics', { headers: { authorization: `Bearer ${TOKEN}x` } })
    await ask(`/api/boards/${board}/versions`, { headers: { authorization: `Bearer ${stranger.text}` } })
    await ask(`/api/boards/${board}/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key('viewer')}` },
    })
    await ask(`/api/boards/${board}/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.text}` },
    })
    expect(await codeOf(key('editor'))).toBe(CLOSE.revoked)
    await relay?.stop()
    relay = null

    expect(logged).toContain(boardTag(board))
    const secrets = [owner.text, stranger.text, TOKEN, turn, board]
    for (const role of ['editor', 'commenter', 'viewer'] as const) secrets.push(key(role), key(role, 1))
    for (const secret of secrets) {
      expect(logged).not.toContain(secret)
      expect(logged).not.toContain(secret.slice(2, 24))
    }
  })
})
