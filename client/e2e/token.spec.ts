import { createHmac } from 'node:crypto'
import type { Role } from '../../shared/protocol/role.ts'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'

const SECRET = 'a secret that an identity provider and this relay share'
const BOARD = 'a-board-of-the-company'

test.use({ relaySettings: { AUTH: 'jwt', JWT_SECRET: SECRET } })

test('a token in the link lets its holder do what it says, and is neither in the address nor on the device', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ana.openBoard(`${BOARD}#${token('editor')}`)
  await ben.openBoard(`${BOARD}#${token('viewer')}`)
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ben.seesShapes(1)
  await expect(badgeOf(ana)).toBeHidden()
  await expect(badgeOf(ben)).toBeVisible()
  expect(ana.page.url()).toBe(`${ana.wire.url}/b/${BOARD}`)
  const dialog = await ana.openShare()
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(`${ana.wire.url}/b/${BOARD}`)
  await ana.closeShare()

  await ana.reload()
  await ana.isSavedOnRelay()
  await ana.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ben.seesShapes(2)
  const later = await ana.context.newPage()
  await later.goto(`${ana.wire.url}/b/${BOARD}`)
  await expect(later.locator('drift-status').getByRole('status')).toHaveText('The relay does not let you in')
})

test('somebody whose token runs out is told, keeps the board, and goes on with a new one', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  // The app is there before the token is made: on a slow machine loading it takes a part of these seconds.
  await ana.openBoard(BOARD)
  await ana.openBoard(`${BOARD}#${token('editor', 20)}`)
  await ana.isSavedOnRelay()
  await expect(lineOf(ana)).toHaveText('This link no longer works')
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.isSavedHere()
  await ana.openBoard(`${BOARD}#${token('editor')}`)
  await ana.isSavedOnRelay()
  await ana.seesShapes(1)
})

/** What an identity provider hands out; good for `seconds`. */
function token(role: Role, seconds = 600): string {
  const now = Math.floor(Date.now() / 1000)
  const parts = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: 'somebody', board: BOARD, role, iat: now, exp: now + seconds },
  ].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const signature = createHmac('sha256', SECRET).update(parts.join('.')).digest('base64url')
  return [...parts, signature].join('.')
}

const badgeOf = ({ page }: Person) => page.getByText('View only')

const lineOf = ({ page }: Person) => page.locator('drift-status').getByRole('status')
