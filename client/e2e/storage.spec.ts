import { join } from 'node:path'
import { followClaims } from './claims.ts'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'
import { SmallDisk } from './small-disk.ts'
import { savedCopy } from './stored-board.ts'

test.use({ serviceWorkers: 'allow' })

/** Bytes. A new profile takes 30 MB, and Chromium gives a site a share of what is free. */
const DISK = 200_000_000

test('on a disk that is really full a board goes on and is saved as a file, and what was stored once there was room survives a crash', async ({
  arrive,
}) => {
  const disk = await SmallDisk.mount(DISK)
  test.skip(!disk, 'This test mounts a small disk, which takes root and a container that allows it.')
  if (!disk) return
  const profile = join(disk.folder, 'profile')
  try {
    const ana = await arrive('Ana', { profile })
    await followClaims(ana)
    const board = await ana.makeBoard()
    await drawNext(ana)
    await ana.isSavedHere()

    await drawUntilFull(ana, disk)
    await expect(lineOf(ana)).toHaveText('Not saved on this device')
    await drawNext(ana)
    const drawn = await ana.shapes()
    const copy = await savedCopy(ana.page)
    expect([...copy.getMap('shapes').keys()].sort()).toEqual(drawn.map(({ id }) => id).sort())
    await disk.makeRoom()
    await ana.isSavedHere()
    // At the next start the browser reads its log, with what the full disk left of a write in the middle.
    await ana.kill()
    const again = await arrive('Ana', { profile, wire: ana.wire })
    await followClaims(again)
    await again.openBoard(board)
    expect(await again.shapes()).toEqual(drawn)
    await drawNext(again)
    await again.isSavedHere()
    await again.kill()
  } finally {
    await disk.unmount()
  }
})

const lineOf = ({ page }: Person) => page.locator('drift-status').getByRole('status')

/** Until then the browser makes a little room for itself, and its files have some in their last blocks. */
async function drawUntilFull(person: Person, disk: SmallDisk): Promise<void> {
  await expect(async () => {
    await disk.fill()
    await drawNext(person)
    expect((await person.status())?.device).toBe('failed')
  }).toPass()
  expect((await person.status())?.deviceMessage).toMatch(/out of space|tried again/)
}

async function drawNext(person: Person): Promise<void> {
  const count = (await person.shapes()).length
  const [x, y] = [280 + 60 * (count % 10), 160 + 60 * Math.floor(count / 10)]
  await person.draw('r', [
    [x, y],
    [x + 40, y + 40],
  ])
  await person.seesShapes(count + 1)
}
