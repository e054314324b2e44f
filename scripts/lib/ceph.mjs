import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { aptInstall } from './apt.mjs'
import { cephConfiguration, KMS_KEY_ID } from './ceph-config.mjs'
import { run } from './run.mjs'

const PACKAGES = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common']

const PROGRAMS = ['ceph', 'ceph-authtool', 'ceph-mon', 'ceph-osd', 'monmaptool', 'radosgw', 'radosgw-admin']

/** ms. A start takes 15 s; a machine that is busy with tests of its own may take several times that. */
const PATIENCE = 120_000

/** ms between two looks whether a daemon is ready. */
const LOOK_EVERY = 100

const BUCKET = 'driftboard-test'

/**
 * Finds Ceph's programs, or installs Debian's where we may. Resolves to why there are none, null when there are.
 * @returns {Promise<string | null>}
 */
export async function requireCeph() {
  if (PROGRAMS.every(isInstalled)) return null
  console.log('Installing Ceph, an S3 server for the tests (once) ...')
  const output = await aptInstall(PACKAGES)
  if (PROGRAMS.every(isInstalled)) return null
  return output === null
    ? `Ceph is not installed (Debian: apt-get install ${PACKAGES.join(' ')}).`
    : `Ceph could not be installed:\n${output.slice(-2_000)}`
}

/** @param {string} program */
const isInstalled = program => existsSync(join('/usr/bin', program))

/**
 * Starts an S3 server on loopback: one monitor, one storage daemon that keeps everything in memory, and the gateway that
 * speaks S3. They share a folder that goes when they stop, and end with this process even when it is killed.
 * @returns {Promise<import('./s3.mjs').TestS3>}
 */
export async function startCeph() {
  const cluster = new Cluster(mkdtempSync(join(tmpdir(), 'driftboard-ceph-')))
  const killAll = () => cluster.kill()
  process.once('exit', killAll)
  const stop = async () => {
    process.off('exit', killAll)
    await cluster.stop()
  }
  try {
    return { env: await cluster.start(), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

class Cluster {
  #folder
  #conf
  #deadline = Date.now() + PATIENCE
  /** @type {import('node:child_process').ChildProcess[]} */
  #daemons = []

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder
    this.#conf = join(folder, 'ceph.conf')
  }

  /** Resolves to the environment that tests need. */
  async start() {
    const [monitor, gateway] = await Promise.all([freePort(), freePort()])
    const fsid = randomUUID()
    const kmsKey = randomBytes(32).toString('base64')
    for (const name of ['mon', 'osd', 'rgw', 'run']) mkdirSync(join(this.#folder, name))
    writeFileSync(this.#conf, cephConfiguration(this.#folder, { fsid, monitor, gateway, kmsKey }))

    await this.#startMonitor(monitor, fsid)
    await this.#startStorage()
    this.#daemon('radosgw', ['-n', 'client.rgw'])
    await this.#until('the S3 gateway', () => answers(gateway))

    const credentials = {
      accessKey: randomBytes(10).toString('hex'),
      secretKey: randomBytes(20).toString('hex'),
    }
    await this.#run('radosgw-admin', [
      ...['-n', 'client.rgw', 'user', 'create', '--uid=test', '--display-name=test'],
      ...[`--access-key=${credentials.accessKey}`, `--secret-key=${credentials.secretKey}`],
    ])
    const env = {
      TEST_S3_ENDPOINT: `http://127.0.0.1:${gateway}`,
      TEST_S3_BUCKET: BUCKET,
      TEST_S3_KMS_KEY_ID: KMS_KEY_ID,
      AWS_ACCESS_KEY_ID: credentials.accessKey,
      AWS_SECRET_ACCESS_KEY: credentials.secretKey,
    }
    await makeBucket(env)
    return env
  }

  /** Ends the daemons without ceremony: nothing that they hold is wanted any more. */
  kill() {
    for (const daemon of this.#daemons) daemon.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async stop() {
    const living = this.#daemons.filter(daemon => !hasEnded(daemon))
    const ended = living.map(daemon => once(daemon, 'exit'))
    this.kill()
    await Promise.all(ended)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /**
   * @param {number} port
   * @param {string} fsid
   */
  async #startMonitor(port, fsid) {
    const map = join(this.#folder, 'monmap')
    const keyring = join(this.#folder, 'keyring')
    await this.#run('ceph-authtool', ['--create-keyring', keyring, '--gen-key', '-n', 'client.admin'])
    await this.#run('ceph-authtool', [keyring, '--gen-key', '-n', 'client.rgw'])
    await this.#run('monmaptool', ['--create', '--addv', 'a', `[v2:127.0.0.1:${port}]`, '--fsid', fsid, map])
    await this.#run('ceph-mon', ['--mkfs', '-i', 'a', '--monmap', map])
    this.#daemon('ceph-mon', ['-i', 'a'])
    await this.#until('the Ceph monitor', () =>
      this.#succeeds('ceph', ['--connect-timeout', '5', 'mon', 'stat']),
    )
  }

  async #startStorage() {
    const uuid = randomUUID()
    await this.#run('ceph', ['osd', 'new', uuid])
    await this.#run('ceph-osd', ['-i', '0', '--mkfs', '--osd-uuid', uuid])
    this.#daemon('ceph-osd', ['-i', '0'])
    await this.#until('the Ceph storage daemon', async () =>
      (await this.#call('ceph', ['osd', 'stat'])).output.includes('1 up'),
    )
  }

  /**
   * In the foreground, so that it is ours to end; where setpriv is, the kernel ends it with us.
   * @param {string} program
   * @param {string[]} args
   */
  #daemon(program, args) {
    const log = openSync(join(this.#folder, `${program}.out`), 'a')
    const command = [program, '-c', this.#conf, ...args, '-f']
    const [first = program, ...rest] = isInstalled('setpriv')
      ? ['setpriv', '--pdeathsig', 'KILL', ...command]
      : command
    const daemon = spawn(first, rest, { stdio: ['ignore', log, log], detached: true })
    daemon.once('error', error => appendFileSync(log, `${error}\n`))
    this.#daemons.push(daemon)
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  #call(program, args) {
    return run(program, args, { quiet: true, env: { ...process.env, CEPH_CONF: this.#conf } })
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  async #succeeds(program, args) {
    return (await this.#call(program, args)).code === 0
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  async #run(program, args) {
    const { code, output } = await this.#call(program, args)
    if (code !== 0) throw new Error(`${program} failed:\n${output}`)
  }

  /**
   * @param {string} what
   * @param {() => Promise<boolean>} isReady
   */
  async #until(what, isReady) {
    while (!(await isReady())) {
      const dead = this.#daemons.some(hasEnded)
      if (dead || Date.now() > this.#deadline) {
        throw new Error(
          `${what} ${dead ? 'ended' : 'is not ready in time'}. Its last words:\n${this.#lastWords()}`,
        )
      }
      await delay(LOOK_EVERY)
    }
  }

  #lastWords() {
    const files = ['ceph-mon', 'ceph-osd', 'radosgw'].map(program => join(this.#folder, `${program}.out`))
    return files
      .filter(file => existsSync(file))
      .map(file => readFileSync(file, 'utf8').slice(-2_000))
      .join('\n')
  }
}

/** @param {import('node:child_process').ChildProcess} process */
const hasEnded = ({ exitCode, signalCode }) => exitCode !== null || signalCode !== null

/** A port that is free now. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  server.close()
  await once(server, 'close')
  return port
}

/**
 * Whether somebody listens on a port.
 * @param {number} port
 */
async function answers(port) {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** @param {{ TEST_S3_ENDPOINT: string, AWS_ACCESS_KEY_ID: string, AWS_SECRET_ACCESS_KEY: string }} env */
async function makeBucket(env) {
  Object.assign(process.env, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' })
  // Imported only now: it needs the packages that `install` brought.
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3')
  const client = new S3Client({
    endpoint: env.TEST_S3_ENDPOINT,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
  })
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }))
  client.destroy()
}
