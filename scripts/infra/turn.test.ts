import { readFile, stat } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { iceServers } from '../../relay/ice.ts'
import { type TemporaryFolder, temporaryFolder } from '../../relay/testing/temporary-folder.ts'
import { type Clock, systemClock } from '../../shared/util/clock.ts'
import { has } from './programs.mjs'
import { Child, eventually, type Finished, finish, freePort, replaced } from './testing/children.ts'
import { composition } from './testing/compose.ts'

const SECRET = 'a secret of both, for these tests'

/** An address of this machine that answers to whatever it is sent. */
const PEER = '127.0.0.2'

/** ms. */
const DAY = 24 * 60 * 60 * 1000

const isHere = has('turnserver') && has('turnutils_uclient') && has('docker-compose')

describe.skipIf(!isHere)('coturn with our configuration', () => {
  let folder: TemporaryFolder
  let port: number
  let server: Child
  let echo: Child
  let echoPort: number

  beforeAll(async () => {
    folder = await temporaryFolder()
    port = await freePort()
    // As in compose.yaml, which keeps the secret out of the command line.
    const { turn } = (await composition(folder.path)).services
    const command = replaced(turn?.command.join(' ').replaceAll('$$', '$') ?? '', {
      '/etc/coturn/driftboard.conf': 'infra/coturn/turnserver.conf',
      '/tmp/turnserver.conf': `${folder.path}/turnserver.conf`,
    })
    const options = [
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      // A test has no peers but on this machine, and `denied-peer-ip` keeps people from those.
      `--allowed-peer-ip=${PEER}`,
      '--allow-loopback-peers',
      `--listening-port=${port}`,
      `--pidfile=${folder.path}/pid`,
      `--userdb=${folder.path}/turndb`,
    ]
    server = new Child('/bin/sh', ['-c', `${command} ${options.join(' ')}`], {
      env: { ...process.env, TURN_SECRET: SECRET, PUBLIC_ADDRESS: '127.0.0.1' },
    })
    // A plain STUN question: what the health check in compose.yaml asks.
    // It waits for ever when it was not heard.
    const stun = () => finish('turnutils_stunclient', ['-p', String(port), '127.0.0.1'], { timeout: 1_000 })
    await eventually(async () => (await stun()).output.includes('UDP reflexive addr'))
    echoPort = await freePort()
    echo = new Child('turnutils_peer', ['-L', PEER, '-p', String(echoPort)])
  })

  afterAll(async () => {
    await echo?.stop()
    await server?.stop()
    await folder.remove()
  })

  test('starts without a complaint about any line, and with a secret that only it can read', async () => {
    expect(server.output).not.toMatch(/bad configuration|unknown|unrecognized|CONFIG ERROR/i)
    const [line, { mode }] = [
      await readFile(`/proc/${server.process.pid}/cmdline`, 'utf8'),
      await stat(`${folder.path}/turnserver.conf`),
    ]
    expect(line).not.toContain(SECRET)
    expect(mode & 0o077).toBe(0)
  })

  test('carries what a client with a credential of the relay sends, there and back', async () => {
    const { output } = await detour(credential(SECRET, systemClock))
    expect(output).toMatch(/tot_send_msgs=1, tot_recv_msgs=1\b/)
  })

  test('turns away a credential made with another secret', async () => {
    const { output } = await detour(credential('another secret', systemClock))
    expect(output).toContain('Cannot complete Allocation')
  })

  test('turns away a credential of the day before yesterday', async () => {
    const earlier: Clock = { ...systemClock, now: () => systemClock.now() - 2 * DAY }
    const { output } = await detour(credential(SECRET, earlier))
    expect(output).toContain('Cannot complete Allocation')
  })

  test('leads nobody into the network of the operator', async () => {
    const { output } = await detour(credential(SECRET, systemClock), '127.0.0.3')
    expect(output).toContain('403 (Forbidden IP)')
  })

  /** Sends one message to a peer by way of the server, which sends it back. */
  function detour(who: Credential, peer = PEER): Promise<Finished> {
    return finish('turnutils_uclient', [
      ...['-v', '-c', '-n', '1', '-m', '1'],
      ...['-e', peer, '-r', String(echoPort)],
      ...['-u', who.username, '-w', who.credential],
      ...['-p', String(port), '127.0.0.1'],
    ])
  }
})

interface Credential {
  readonly username: string
  readonly credential: string
}

function credential(secret: string, clock: Clock): Credential {
  const turn = { urls: ['turn:a'], credentials: { at: 'expiring', secret } } as const
  const [server] = iceServers({ stunUrls: [], turn }, clock)
  if (!server?.username || !server.credential) throw new Error('The relay hands out no credential.')
  return { username: server.username, credential: server.credential }
}
