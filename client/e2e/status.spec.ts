import { installDiskSwitch } from './disk-switch.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('the status area says in words where the work is, while the relay dies and comes back', async ({
  arrive,
  relay,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.hasPeers(1)
  await expect(lineOf(ana)).toHaveText('Saved and shared')
  await lineOf(ana).click()
  await expect(rowOf(ana, 'This device')).toHaveText('Every change is saved here.')
  await expect(rowOf(ana, 'Peers')).toHaveText(
    'Connected directly with 1 person, who has every change of yours.',
  )
  await expect(rowOf(ana, 'Relay')).toHaveText('Every change is safe on the relay.')

  await relay.kill()
  await expect(lineOf(ana)).toHaveText('Saved here, direct with 1')
  await expect(rowOf(ana, 'Relay')).toHaveText('Out of reach. Changes are sent once it answers.')
  await ben.leave()
  await expect(lineOf(ana)).toHaveText('Offline, saved on this device')
  await expect(rowOf(ana, 'Peers')).toHaveText('Nobody is connected directly.')
  await ana.context.setOffline(true)
  await relay.start()
  await ana.context.setOffline(false)
  await expect(lineOf(ana)).toHaveText('Saved and shared')
})

test('a change is said to be saved only after the device has it', async ({ arrive, relay }) => {
  const ana = await arrive('Ana')
  await ana.context.addInitScript(installDiskSwitch)
  await ana.makeBoard()
  await expect(lineOf(ana)).toHaveText('Saved and shared')
  await relay.kill()
  await ana.page.evaluate(() => window.diskIs('slow'))
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.seesShapes(1)
  await expect(lineOf(ana)).toHaveText('Saving…')
  await ana.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ana.seesShapes(2)
  await expect(lineOf(ana)).toHaveText('Saving…')
  await ana.page.evaluate(() => window.diskIs('well'))
  await expect(lineOf(ana)).toHaveText('Offline, saved on this device')
})

test('a full disk is told, takes nothing from the person or the others, and is made up for once there is room', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ana.context.addInitScript(installDiskSwitch)
  await ben.openBoard(await ana.makeBoard())
  await ana.page.evaluate(() => window.diskIs('full'))
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await expect(lineOf(ana)).toHaveText('Not saved on this device')
  await lineOf(ana).click()
  await expect(rowOf(ana, 'This device')).toHaveText(/out of space.*your changes are kept in this tab/)
  await ana.press('Escape')
  await expect(rowOf(ana, 'This device')).toBeHidden()
  await ana.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ben.seesShapes(2)
  await agree(ana, ben)

  await ana.page.evaluate(() => window.diskIs('well'))
  await expect(lineOf(ana)).toHaveText('Saved and shared')
  await ana.worksOffline()
  await ana.unplug()
  await ana.reload()
  await ana.seesShapes(2)
})

test('a browser that deletes what the site had stored is told of once, and what is open is stored anew', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.isSavedHere()
  await ana.worksOffline()
  await ana.unplug()
  const cdp = await ana.context.newCDPSession(ana.page)
  const origin = new URL(ana.page.url()).origin
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
  const notices = ana.page.locator('drift-toasts li')
  await expect(notices).toHaveText([/The browser deleted what this site had stored/])
  await ana.isSavedHere()
  await expect(notices).toHaveCount(1)
  await ana.reload()
  await ana.seesShapes(1)
})

const lineOf = ({ page }: Person) => page.locator('drift-status').getByRole('status')

const rowOf = ({ page }: Person, place: string) =>
  page
    .locator('drift-status-meter dl > div')
    .filter({ has: page.locator('dt', { hasText: place }) })
    .locator('dd')
