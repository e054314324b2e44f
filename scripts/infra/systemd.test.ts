import { expect, test } from 'vitest'
import { has } from './programs.mjs'
import { finish, infraFile } from './testing/children.ts'

const UNIT = 'infra/systemd/driftboard.service'

/** Of 100, in tenths of what systemd-analyze shows: 1.3 when this was written, and 9 for a unit that says nothing. */
const MOST_EXPOSED = '15'

const systemdTest = test.skipIf(!has('systemd-analyze'))

systemdTest('systemd takes the unit as it is, without a warning', async () => {
  expect(await finish('systemd-analyze', ['verify', UNIT])).toEqual({ code: 0, output: '' })
})

systemdTest('the unit gives away no more of the machine than it did', async () => {
  const { code, output } = await finish('systemd-analyze', [
    'security',
    '--offline=true',
    `--threshold=${MOST_EXPOSED}`,
    UNIT,
  ])
  expect(code, output).toBe(0)
})

test('the unit has files enough for each connection that the relay takes', () => {
  const [, files] = /^LimitNOFILE=(\d+)$/m.exec(infraFile('systemd/driftboard.service')) ?? []
  const [, connections] = /MAX_CONNECTIONS=(\d+)/.exec(infraFile('systemd/driftboard.service')) ?? []
  expect(Number(files)).toBeGreaterThan(2 * Number(connections))
})
