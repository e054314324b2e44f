import { chown, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DriftboardClient } from '../../relay/testing/driftboard-client.ts'
import { type TemporaryFolder, temporaryFolder } from '../../relay/testing/temporary-folder.ts'
import { until } from '../../relay/testing/until.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import { newId } from '../../shared/util/ids.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { has } from './programs.mjs'
import { type Child, eventually, freePort } from './testing/children.ts'
import { checkHealth, Image, type ImageConfig, runContainer } from './testing/image.ts'

/** Who the relay is in the container. */
const USER = 1000

/** Mounting and changing to another root are the superuser's. */
const isRoot = process.getuid?.() === 0

describe.skipIf(!has('buildah') || !isRoot)('the image', () => {
  let folder: TemporaryFolder
  let image: Image
  let config: ImageConfig
  let root: string
  let container: Child
  let settings: string[]
  let port: number

  beforeAll(async () => {
    folder = await temporaryFolder()
    image = new Image(folder.path)
    await image.build()
    config = await image.config()
    root = await image.mount()
    const volume = join(folder.path, 'volume')
    await mkdir(volume)
    await chown(volume, USER, USER)
    port = await freePort()
    settings = [`PORT=${port}`, 'HOST=127.0.0.1', 'AUTH=open']
    container = runContainer(root, volume, config, settings)
    await container.says(/Driftboard is at/)
  })

  afterAll(async () => {
    await container?.stop('SIGKILL')
    await image?.remove()
    await folder.remove()
  })

  test('runs as a user that is not root, with a root that it cannot write to', async () => {
    expect(config.User).toBe(`${USER}:${USER}`)
    const status = await readFile(`/proc/${await relayProcess(container)}/status`, 'utf8')
    expect(status).toMatch(new RegExp(`^Uid:\\s+${USER}\\s+${USER}\\s+${USER}\\s+${USER}$`, 'm'))
    expect(status).toMatch(/^CapEff:\s+0+$/m)
    // Whose the files are keeps the relay from changing itself where the root is not read-only.
    for (const path of ['app', 'app/dist/relay/main.js', 'app/node_modules']) {
      expect((await stat(join(root, path))).uid, path).toBe(0)
    }
  })

  test('keeps a board, serves the app and says that it is well', async () => {
    const url = `ws://127.0.0.1:${port}/sync/${newId(secureRandom)}`
    const one = await DriftboardClient.join(url)
    one.doc.getMap('meta').set('title', 'In a container')
    await until(() => one.acknowledged >= one.sent)
    const other = await DriftboardClient.join(url)
    expect(other.doc.getMap('meta').get('title')).toBe('In a container')
    other.leave()
    one.leave()
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('<!doctype html>')
    expect(Object.keys(config.Volumes)).toEqual(['/data'])
    await eventually(async () => (await checkHealth(root, config, settings)).code === 0)
  })

  test('runs on the native server, not on the slower one', async () => {
    expect(container.output).toContain('on uWebSockets.js')
  })

  test('has the packages that the relay runs on, and neither sources, tests nor tools', async () => {
    expect(await readdir(join(root, 'app'))).toEqual([
      'dist',
      'healthcheck.mjs',
      'node_modules',
      'package.json',
    ])
    const packages = await readdir(join(root, 'app/node_modules'))
    expect(packages).toContain('classic-level')
    for (const tool of ['vite', 'vitest', 'playwright-core']) expect(packages).not.toContain(tool)
  })

  test('stops by itself at the signal that an engine sends, and is unwell from then on', async () => {
    const client = await DriftboardClient.join(`ws://127.0.0.1:${port}/sync/${newId(secureRandom)}`)
    process.kill(await relayProcess(container), config.StopSignal)
    expect(await container.exited).toBe(0)
    await until(() => client.closed !== null)
    expect(client.closed?.code).toBe(CLOSE.goingAway)
    expect((await checkHealth(root, config, settings)).code).toBe(1)
  })
})

/** The relay's number outside of the container, inside of which it is 1. */
async function relayProcess({ process: { pid } }: Child): Promise<number> {
  return Number(await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'))
}
