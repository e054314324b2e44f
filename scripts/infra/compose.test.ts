import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseConfig } from '../../relay/config.ts'
import { type TemporaryFolder, temporaryFolder } from '../../relay/testing/temporary-folder.ts'
import { has } from './programs.mjs'
import { infraFile } from './testing/children.ts'
import { type Composition, compose, composition, FILLED } from './testing/compose.ts'

describe.skipIf(!has('docker-compose'))('compose.yaml', () => {
  let folder: TemporaryFolder
  let file: Composition

  beforeAll(async () => {
    folder = await temporaryFolder()
    // Which also holds each service against what all of them are to be: without a right that it does not need.
    file = await composition(folder.path)
  })

  afterAll(() => folder.remove())

  test.each(Object.keys(FILLED))('%s must be filled in, and what goes there is said', async name => {
    const { code, output } = await compose(folder.path, { ...FILLED, [name]: '' })
    expect(code).not.toBe(0)
    expect(output).toContain(`Set ${name} in infra/.env`)
  })

  test('only Caddy and coturn can be reached from outside', () => {
    const isPublic = (name: string) => file.networks[name]?.internal === false
    const names = (holds: (service: Composition['services'][string]) => boolean) =>
      Object.entries(file.services).flatMap(([name, service]) => (holds(service) ? [name] : []))
    expect(names(service => service.ports.length > 0)).toEqual(['caddy', 'turn'])
    expect(names(service => Object.keys(service.networks).some(isPublic))).toEqual(['caddy', 'turn'])
    expect(names(service => 'store' in service.networks)).toEqual(['relay', 's3'])
  })

  test('each image is a certain release, and each service says how it is', () => {
    const { relay, ...others } = file.services
    expect(relay?.image).toBe('driftboard')
    for (const [name, { image, healthcheck }] of Object.entries(others)) {
      expect(image, name).toMatch(/:\d+\.\d+/)
      expect(healthcheck.test, name).not.toEqual([])
    }
    expect(infraFile('Dockerfile')).toMatch(/^HEALTHCHECK /m)
  })

  test('the relay takes its settings, and they are those of links behind a proxy with a store and a detour', () => {
    const config = parseConfig(file.services.relay?.environment ?? {})
    expect(config.auth.mode).toBe('links')
    expect(config.s3).toMatchObject({ bucket: 'driftboard', endpoint: 'http://s3:8333' })
    expect(config.ice.turn?.credentials).toEqual({ at: 'expiring', secret: FILLED.TURN_SECRET })
  })

  test('the ports of coturn are those that are published', () => {
    const bound = (name: string) =>
      Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(infraFile('coturn/turnserver.conf'))?.[1])
    const detours = (file.services.turn?.ports ?? [])
      .filter(({ protocol, published }) => protocol === 'udp' && published !== bound('listening-port'))
      .map(({ published }) => published)
    const length = bound('max-port') - bound('min-port') + 1
    expect(detours).toEqual(Array.from({ length }, (_, index) => bound('min-port') + index))
  })

  test('the secrets of the example are nobody’s', () => {
    for (const name of Object.keys(FILLED))
      expect(infraFile('compose.env.example')).toMatch(new RegExp(`^${name}=$`, 'm'))
  })
})
