import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { IDLE_SECONDS } from '../../relay/http/server.ts'
import { DriftboardClient } from '../../relay/testing/driftboard-client.ts'
import { type TemporaryFolder, temporaryFolder } from '../../relay/testing/temporary-folder.ts'
import { until } from '../../relay/testing/until.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import { CREDENTIAL_PREFIX, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { newId } from '../../shared/util/ids.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { has } from './programs.mjs'
import { type Child, eventually, freePort, infraFile, startRelay } from './testing/children.ts'
import { type Place, PROXIES, type ReverseProxy, type RunningProxy } from './testing/proxies.ts'
import { makeCertificate, tunnel } from './testing/tls.ts'

/** What each address may have in these tests. */
const PER_ADDRESS = 2

/** A key as a client presents it; with AUTH=open nobody reads it. */
const KEY = 'e.a-key-that-must-not-be-in-any-log-0123456789'

const MIB = 1024 * 1024

/** A connection that comes before the proxy listens is refused. */
const isWell = (site: string): Promise<boolean> =>
  fetch(`http://${site}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )

describe.each(Object.entries(PROXIES))('%s', (_name, proxy) => {
  describe.skipIf(!has(proxy.program) || !has('openssl'))('in front of a relay', () => inFrontOfARelay(proxy))
})

function inFrontOfARelay(proxy: ReverseProxy): void {
  let folder: TemporaryFolder
  let place: Place
  let relay: Child & { port: number }
  let running: RunningProxy
  const tunnels: { close(): void }[] = []

  beforeAll(async () => {
    folder = await temporaryFolder()
    relay = await startRelay({
      AUTH: 'open',
      DATA_DIR: join(folder.path, 'data'),
      MAX_CONNECTIONS_PER_ADDRESS: String(PER_ADDRESS),
      // Not `loopback`: the people in these tests have other loopback addresses.
      TRUST_PROXY: '127.0.0.1',
    })
    place = {
      folder: folder.path,
      relayPort: relay.port,
      httpPort: await freePort(),
      httpsPort: await freePort(),
      certificate: await makeCertificate(folder.path),
    }
    running = await proxy.start(place)
    const site = await siteFor('127.0.0.2')
    await eventually(async () => running.child.ended || (await isWell(site)))
    expect(running.child.ended, running.child.output).toBe(false)
  })

  afterAll(async () => {
    for (const { close } of tunnels) close()
    await running?.child.stop()
    await relay?.stop()
    await folder.remove()
  })

  /** Where a person with a certain address finds the site, with TLS done for them. */
  async function siteFor(address: string): Promise<string> {
    const way = await tunnel(place.httpsPort, running.authority, address)
    tunnels.push(way)
    return `localhost:${way.port}`
  }

  const board = (site: string, id = newId(secureRandom)) => `ws://${site}/sync/${id}`

  test('its own check takes the configuration', async () => {
    const { code, output } = await proxy.check(place)
    expect(code, output).toBe(0)
  })

  test('two people draw together through it, over a certificate that is checked', async () => {
    const url = board(await siteFor('127.0.0.3'))
    const [one, other] = [await DriftboardClient.join(url), await DriftboardClient.join(url)]
    one.doc.getMap('meta').set('title', 'Through a proxy')
    await until(() => other.doc.getMap('meta').get('title') === 'Through a proxy')
    one.leave()
    other.leave()
  })

  test('the relay counts the addresses of people, whatever they claim, and not that of the proxy', async () => {
    const site = await siteFor('127.0.0.4')
    const inside = [await DriftboardClient.join(board(site)), await DriftboardClient.join(board(site))]
    expect(inside).toHaveLength(PER_ADDRESS)
    const headers = { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9' }
    const liar = new WebSocket(board(site), [SUBPROTOCOL], { headers })
    expect(await new Promise(resolve => liar.once('close', resolve))).toBe(CLOSE.crowded)

    const neighbour = await DriftboardClient.join(board(await siteFor('127.0.0.5')))
    for (const client of [...inside, neighbour]) client.leave()
  })

  test('the page and its health are for everybody, figures and the status page are not', async () => {
    const site = await siteFor('127.0.0.6')
    const get = (path: string) => fetch(`http://${site}${path}`)
    expect((await get('/')).status).toBe(200)
    expect((await get('/healthz')).status).toBe(200)
    expect((await get('/metrics')).status).toBe(404)
    expect((await get('/status')).status).toBe(404)

    const figures = await (await fetch(`http://localhost:${relay.port}/metrics`)).text()
    expect(figures).toContain('# HELP driftboard_')
    for (const path of ['/metrics/', '//metrics', '/%6Detrics', '/./metrics', '/metrics?a=b', '/METRICS']) {
      expect(await (await get(path)).text(), path).not.toContain('# HELP')
    }
  })

  test('a body as large as an image reaches the relay, a larger one is turned away', async () => {
    const site = await siteFor('127.0.0.7')
    const put = (bytes: number) =>
      fetch(`http://${site}/api/boards/${newId(secureRandom)}/assets/${'0'.repeat(64)}`, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: { 'content-type': 'image/png' },
      })
    // It is no image, which only the relay can know.
    const answer = await put(9 * MIB)
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(answer.status).not.toBe(413)
    // Whoever turns a body away before its end hangs up on the rest: a client, or the proxy, may see just that.
    const outcome = await put(13 * MIB).then(
      ({ status }) => status,
      () => 'hung up',
    )
    expect([413, 502, 'hung up']).toContain(outcome)
  })

  test('plain HTTP is sent to HTTPS', async () => {
    const response = await fetch(`http://localhost:${place.httpPort}/b/x`, { redirect: 'manual' })
    expect(response.status).toBe(308)
    expect(response.headers.get('location')).toMatch(/^https:\/\/localhost(:\d+)?\/b\/x$/)
  })

  test('neither keys nor the ids of boards get into its log', async () => {
    const site = await siteFor('127.0.0.8')
    const id = newId(secureRandom)
    const client = await DriftboardClient.join(board(site, id), [SUBPROTOCOL, `${CREDENTIAL_PREFIX}${KEY}`])
    client.leave()
    const headers = { authorization: `Bearer ${KEY}` }
    await fetch(`http://${site}/api/boards/${id}/versions`, { headers })
    await fetch(`http://${site}/b/${id}`)
    // A WebSocket is logged when it has ended.
    await eventually(async () => (await running.log()).split('127.0.0.8').length > 3)
    expect(await running.log()).not.toContain(KEY)
    expect(await running.log()).not.toContain(id)
  })
}

test('a WebSocket may be silent for longer than the relay lets it be', () => {
  const seconds = (path: string, pattern: RegExp) => Number(pattern.exec(infraFile(path))?.[1])
  expect(seconds('haproxy/haproxy.cfg', /timeout tunnel (\d+)s/)).toBeGreaterThan(2 * IDLE_SECONDS)
  expect(seconds('haproxy/several-relays.cfg', /timeout tunnel (\d+)s/)).toBeGreaterThan(2 * IDLE_SECONDS)
  expect(seconds('nginx/driftboard.conf', /proxy_read_timeout (\d+)s/)).toBeGreaterThan(2 * IDLE_SECONDS)
  expect(seconds('nginx/driftboard.conf', /proxy_send_timeout (\d+)s/)).toBeGreaterThan(2 * IDLE_SECONDS)
  // Caddy has no such limit unless one is set.
  expect(infraFile('caddy/Caddyfile')).not.toMatch(/stream_timeout|read_timeout|write_timeout/)
})
