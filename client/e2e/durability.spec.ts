import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('a change is shown with the peers who hold it and on the relay, and not on a relay that is gone', async ({
  arrive,
  relay,
}) => {
  const [ana, ben, cleo] = [await arrive('Ana'), await arrive('Ben'), await arrive('Cleo')]
  const board = await ana.makeBoard()
  await ben.openBoard(board)
  await cleo.openBoard(board)
  await ana.hasPeers(2)
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.page.getByRole('button', { name: 'Saving and sharing' }).click()
  const latest = ana.page.locator('drift-status-meter').getByRole('button').first()
  await expect(latest).toHaveAccessibleName(
    /^Added a shape\. Kept on this device, with 2 peers(,| and) on the relay/,
  )
  await expect(ana.page.locator('drift-status-meter dd').nth(1)).toHaveText(
    'Connected directly with 2 people, both of whom have every change of yours.',
  )
  await latest.hover()
  await expect.poll(() => outlined(ana)).toBe(1)
  await ana.press('Escape')
  await expect.poll(() => outlined(ana)).toBe(0)

  await relay.kill()
  await ben.leave()
  await ana.hasPeers(1)
  await ana.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await cleo.seesShapes(2)
  const changes = async () => (await ana.status())?.changes
  await expect.poll(changes).toMatchObject([
    { what: 'added', device: true, peers: 1, relay: false, snapshot: false },
    { what: 'added', device: true, peers: 2, relay: true },
  ])
  await relay.start()
  await expect.poll(async () => (await changes())?.[0]?.relay).toBe(true)
})

const outlined = (person: Person): Promise<number | undefined> =>
  person.page.evaluate(() => window.driftboard?.editor.state.hovered.size)
