import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CREDENTIAL_PREFIX, SUBPROTOCOL } from '../shared/protocol/frame.ts'
import { type BoardKey, deriveKey, newOwnerKey } from '../shared/protocol/keys.ts'
import { systemClock } from '../shared/util/clock.ts'
import { newId } from '../shared/util/ids.ts'
import { secureRandom } from '../shared/util/random.ts'
import { parseConfig } from './config.ts'
import { type Relay, startRelay } from './relay.ts'
import { describeS3, ownPrefix } from './storage/testing/s3.ts'
import { type FaultyS3, faultyS3 } from './storage/testing/s3-faults.ts'
import { DriftboardClient } from './testing/driftboard-client.ts'
import { draw } from './testing/hostile/party.ts'
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.ts'
import { until } from './testing/until.ts'

/** ms. Far more than anything takes. */
const PATIENCE = 15_000

describeS3('a relay with an S3 store', server => {
  const { bucket, region, prefix, endpoint } = ownPrefix(server)
  let s3: FaultyS3
  let folder: TemporaryFolder
  let relay: Relay | null
  let board: string
  let owner: BoardKey
  const leaving: (() => void)[] = []

  beforeEach(async () => {
    s3 = await faultyS3(endpoint ?? '')
    folder = await temporaryFolder()
    board = newId(secureRandom)
    owner = newOwnerKey(secureRandom)
    await start()
  })

  afterEach(async () => {
    await stop()
    await s3.stop()
    await folder.remove()
  })

  async function start(): Promise<void> {
    const silent = () => undefined
    const config = parseConfig({
      PORT: '0',
      DATA_DIR: folder.path,
      CLIENT_DIR: folder.path,
      S3_BUCKET: bucket,
      S3_REGION: region,
      S3_PREFIX: prefix,
      S3_ENDPOINT: s3.endpoint,
      SNAPSHOT_AFTER_MS: '0',
    })
    const logger = { info: silent, warn: silent, error: silent }
    relay = await startRelay(config, { clock: systemClock, random: secureRandom, logger })
  }

  async function stop(): Promise<void> {
    for (const leave of leaving.splice(0)) leave()
    await relay?.stop()
    relay = null
  }

  async function join(key: string): Promise<DriftboardClient> {
    const url = `ws://127.0.0.1:${relay?.port}/sync/${board}`
    const client = await DriftboardClient.join(url, [SUBPROTOCOL, CREDENTIAL_PREFIX + key])
    leaving.push(() => client.leave())
    return client
  }

  const readyz = async () => {
    const response = await fetch(`http://127.0.0.1:${relay?.port}/readyz`)
    return {
      status: response.status,
      ...((await response.json()) as { degraded: string[]; reasons?: string[] }),
    }
  }

  const untilReady = () => vi.waitUntil(async () => (await readyz()).status === 200, { timeout: PATIENCE })

  const unreachable = () => ({ at: 'answer', status: 503, code: 'SlowDown' }) as const

  /** A shape that is in a snapshot. */
  async function drawSnapshotted(): Promise<string> {
    const ann = await join(owner.text)
    const shape = draw(ann.doc)
    await until(() => ann.frames.some(frame => frame.type === 'snapshotted'))
    return shape
  }

  test('a relay that lost its disk has every board, and who may open it, from S3', async () => {
    const shape = await drawSnapshotted()
    await stop()
    await rm(folder.path, { recursive: true })
    await start()
    const ben = await join(deriveKey(owner, board, 'editor', 0).text)
    expect(ben.doc.getMap('shapes').has(shape)).toBe(true)
  })

  test('while S3 is away known boards open by their links, edits are acknowledged, and it catches up', async () => {
    await drawSnapshotted()
    await untilReady()
    s3.fault = unreachable
    const ben = await join(deriveKey(owner, board, 'editor', 0).text)
    const shape = draw(ben.doc)
    await until(() => ben.acknowledged === ben.sent)
    await vi.waitUntil(async () => (await readyz()).degraded.length > 0, { timeout: PATIENCE })
    expect((await readyz()).status).toBe(200)
    s3.fault = () => ({ at: 'none' })
    await until(() => ben.frames.some(frame => frame.type === 'snapshotted'))
    await stop()
    await rm(folder.path, { recursive: true })
    await start()
    expect((await join(owner.text)).doc.getMap('shapes').has(shape)).toBe(true)
  })

  test('a relay that starts while S3 is away is not ready, says why, and is ready when it comes', async () => {
    await stop()
    s3.fault = unreachable
    await start()
    // The log has been written to by then.
    await expect
      .poll(async () => (await readyz()).reasons, { timeout: PATIENCE })
      .toEqual(['The object store has not been reached since the start.'])
    expect((await readyz()).status).toBe(503)
    s3.fault = () => ({ at: 'none' })
    await untilReady()
  })
})
