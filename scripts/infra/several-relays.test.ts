import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type StubS3, startStubS3 } from '../../load-tests/servers/stub-s3.ts'
import { type TemporaryFolder, temporaryFolder } from '../../relay/testing/temporary-folder.ts'
import { until } from '../../relay/testing/until.ts'
import { CREDENTIAL_PREFIX, SIGNAL_SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { has } from './programs.mjs'
import { type Child, eventually, freePort, startRelay } from './testing/children.ts'
import { Device } from './testing/device.ts'
import { type RunningProxy, severalRelays } from './testing/proxies.ts'
import { makeCertificate, tunnel } from './testing/tls.ts'

type Name = 'one' | 'two'

/** Who has a board by its slot, as infra/haproxy/several-relays.cfg deals them. */
const homeOf = (board: string): Name => (crc32(board) % 60 < 30 ? 'one' : 'two')

const BOARDS = Array.from({ length: 12 }, (_, index) => `some-board-number-${index}`)

const countOf = (home: Name): number => BOARDS.filter(board => homeOf(board) === home).length

/** That two people are at each board, and no board is with both relays. */
const ALL_AT_HOME = {
  one: { boards: countOf('one'), people: 2 * countOf('one') },
  two: { boards: countOf('two'), people: 2 * countOf('two') },
}

/** One owner has all boards. */
const owner = newOwnerKey(secureRandom)
const editorKey = (board: string): string => deriveKey(owner, board, 'editor', 0).text

describe.skipIf(!has('haproxy') || !has('openssl'))('two relays behind HAProxy', () => {
  let folder: TemporaryFolder
  let objects: StubS3
  let relays: Record<Name, Child & { port: number }>
  let proxy: RunningProxy
  let way: { port: number; close(): void }
  let site: string
  let couples: (readonly [Device, Device])[]

  const start = (name: Name, port: number) =>
    startRelay({
      ...objects.settings,
      PORT: String(port),
      DATA_DIR: join(folder.path, name),
      TRUST_PROXY: 'loopback',
      SNAPSHOT_AFTER_MS: '200',
      IDLE_EVICT_MS: '200',
    })

  beforeAll(async () => {
    // Of y-websocket: each link waits for the end of the process.
    process.setMaxListeners(10 + 3 * BOARDS.length)
    folder = await temporaryFolder()
    objects = await startStubS3()
    const [first, second] = [await freePort(), await freePort()]
    const [one, two] = await Promise.all([start('one', first), start('two', second)])
    relays = { one, two }
    // HAProxy takes who fails its very first check for down.
    await eventually(async () => (await gauge('one', 'ready')) + (await gauge('two', 'ready')) === 2)
    const place = {
      folder: folder.path,
      relayPort: first,
      secondPort: second,
      httpPort: await freePort(),
      httpsPort: await freePort(),
      certificate: await makeCertificate(folder.path),
    }
    proxy = await severalRelays.start(place)
    way = await tunnel(place.httpsPort, proxy.authority, '127.0.0.1')
    site = `localhost:${way.port}`
    const isWell = () =>
      fetch(`http://${site}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    await eventually(async () => proxy.child.ended || (await isWell()))
    couples = await Promise.all(BOARDS.map(coupleAt))
  })

  afterAll(async () => {
    for (const couple of couples ?? []) for (const device of couple) device.leave()
    way?.close()
    await proxy?.child.stop()
    await Promise.all(Object.values(relays ?? {}).map(relay => relay.stop()))
    await objects?.stop()
    await folder.remove()
  })

  /** The owner first: the board is theirs from then on. */
  async function coupleAt(board: string): Promise<readonly [Device, Device]> {
    const ann = new Device(site, board, owner.text)
    await until(() => ann.isDurable)
    return [ann, new Device(site, board, editorKey(board))]
  }

  /** Both at each board draw, and see what the other drew. */
  async function drawTogether(what: string): Promise<void> {
    for (const [ann, ben] of couples) {
      ann.draw(`${what}-of-ann`)
      ben.draw(`${what}-of-ben`)
    }
    const has = (device: Device) => ['ann', 'ben'].every(name => device.shapes.includes(`${what}-of-${name}`))
    await until(() => couples.every(couple => couple.every(has)))
    const isSame = ([ann, ben]: readonly [Device, Device]) => String(ann.shapes) === String(ben.shapes)
    expect(couples.every(isSame)).toBe(true)
  }

  async function gauge(name: Name, series: string): Promise<number> {
    const figures = await (await fetch(`http://127.0.0.1:${relays[name].port}/metrics`)).text()
    const line = figures.split('\n').find(text => text.startsWith(`driftboard_${series} `))
    return Number(line?.split(' ').at(-1))
  }

  async function figuresOf(name: Name): Promise<{ boards: number; people: number }> {
    return { boards: await gauge(name, 'rooms'), people: await gauge(name, 'sessions') }
  }

  /** A board that was left a moment ago, or is just snapshotted, is still in memory: so this waits. */
  const untilAllAreAtHome = () =>
    vi.waitFor(
      async () => expect({ one: await figuresOf('one'), two: await figuresOf('two') }).toEqual(ALL_AT_HOME),
      { timeout: 20_000, interval: 50 },
    )

  test('each has some of the boards, and everybody at a board is with the same one', async () => {
    await drawTogether('first')
    expect(Math.min(countOf('one'), countOf('two'))).toBeGreaterThan(0)
    await untilAllAreAtHome()
  })

  test('signalling and the API of a board are where its people are', async () => {
    const signalling = BOARDS.map(board => {
      const offers = [SIGNAL_SUBPROTOCOL, `${CREDENTIAL_PREFIX}${editorKey(board)}`]
      return new WebSocket(`ws://${site}/signal/${board}`, offers)
    })
    await until(() => signalling.every(({ readyState }) => readyState === WebSocket.OPEN))
    const signal = (name: Name) => gauge(name, 'connections{endpoint="signal"}')
    expect([await signal('one'), await signal('two')]).toEqual([countOf('one'), countOf('two')])
    for (const socket of signalling) socket.terminate()

    for (const board of BOARDS) await fetch(`http://${site}/api/boards/${board}/keys`, { method: 'OPTIONS' })
    const answeredBy = async () =>
      [...(await proxy.log()).matchAll(/ (\w+)\/\w+ OPTIONS 204 /g)].map(([, backend]) => backend)
    await eventually(async () => (await answeredBy()).length === BOARDS.length)
    expect(await answeredBy()).toEqual(BOARDS.map(homeOf))
  })

  test('the boards of one that dies go on with the other, and come home when it is back', async () => {
    const board = 'a-board-that-nobody-has-open'
    expect(homeOf(board)).toBe('one')
    const visitor = new Device(site, board, owner.text)
    visitor.draw('in-a-snapshot')
    await until(() => visitor.isInSnapshot)
    objects.cut()
    visitor.draw('on-the-disk')
    await until(() => visitor.isDurable)
    visitor.leave()

    const { port } = relays.one
    await relays.one.stop('SIGKILL')
    objects.mend()
    await drawTogether('second')
    expect((await figuresOf('two')).people).toBe(2 * BOARDS.length)
    const next = new Device(site, board, editorKey(board))
    await until(() => next.isSynced)
    expect(next.shapes).toEqual(['in-a-snapshot'])

    relays.one = await start('one', port)
    await until(() => next.shapes.includes('on-the-disk'))
    next.leave()
    await untilAllAreAtHome()
    await drawTogether('third')
    await untilAllAreAtHome()
  })
})
