import { copyFile, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../relay/testing/temporary-folder.ts'
import { has } from './programs.mjs'
import { finish, infraFile, ROOT } from './testing/children.ts'

const UNIT = 'infra/systemd/driftboard.service'

/** Of 100, in tenths of what systemd-analyze shows: 1.3 when this was written, and 9 for a unit that says nothing. */
const MOST_EXPOSED = '15'

let folder: TemporaryFolder

beforeAll(async () => {
  folder = await temporaryFolder()
  // As an operator of several relays lays them.
  await copyFile(join(ROOT, UNIT), join(folder.path, 'driftboard@.service'))
  const instance = 'driftboard@.service.d'
  await cp(join(ROOT, 'infra/systemd', instance), join(folder.path, instance), { recursive: true })
})

afterAll(() => folder.remove())

const UNITS: readonly [name: string, unit: () => string][] = [
  ['the unit', () => UNIT],
  ['the unit of one of several relays', () => join(folder.path, 'driftboard@8788.service')],
]

describe.skipIf(!has('systemd-analyze')).each(UNITS)('%s', (_name, unit) => {
  test('is taken as it is, without a warning', async () => {
    expect(await finish('systemd-analyze', ['verify', unit()])).toEqual({ code: 0, output: '' })
  })

  test('gives away no more of the machine than it did', async () => {
    const { code, output } = await finish('systemd-analyze', [
      'security',
      '--offline=true',
      `--threshold=${MOST_EXPOSED}`,
      unit(),
    ])
    expect(code, output).toBe(0)
  })
})

test('the unit has files enough for each connection that the relay takes', () => {
  const [, files] = /^LimitNOFILE=(\d+)$/m.exec(infraFile('systemd/driftboard.service')) ?? []
  const [, connections] = /MAX_CONNECTIONS=(\d+)/.exec(infraFile('systemd/driftboard.service')) ?? []
  expect(Number(files)).toBeGreaterThan(2 * Number(connections))
})
