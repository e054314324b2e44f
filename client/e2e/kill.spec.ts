import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Vec } from '../../shared/geometry/vec.ts'
import { bigDrawing } from './big-drawing.ts'
import { followClaims } from './claims.ts'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('a tab that is closed at any of the 20 ms after a stroke has kept the stroke, without a network', async ({
  arrive,
}) => {
  // Twenty pages are opened.
  test.slow()
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.worksOffline()
  await ana.isSavedHere()
  await ana.unplug()
  let tab = ana
  for (let ms = 0; ms < 20; ms += 1) {
    await tab.seesShapes(ms)
    await tab.draw('p', strokeAt(ms))
    await pause(ms)
    await tab.page.close()
    tab = await ana.openTab()
  }
  await tab.seesShapes(20)
})

test('a browser that is killed has kept all that it said was saved, and goes on', async ({ arrive }) => {
  const profile = await mkdtemp(join(tmpdir(), 'driftboard-profile-'))
  const first = await arrive('Ana', { profile })
  let saved = await followClaims(first)
  const board = await first.makeBoard()

  /** Kills the browser, and starts it again. What comes back comes from the disk: no relay gets or gives anything. */
  const again = async (ana: Person): Promise<Person> => {
    await ana.kill()
    const next = await arrive('Ana', { profile, wire: first.wire })
    const said = saved()
    saved = await followClaims(next)
    await next.openBoard(board)
    const kept = new Set(await idsOn(next))
    expect(said.filter(id => !kept.has(id))).toEqual([])
    return next
  }

  await first.draw('p', strokeAt(0))
  await first.isSavedHere()
  let ana = await again(first)
  await ana.seesShapes(1)
  await ana.draw('p', strokeAt(1))
  await pause(5)
  ana = await again(ana)
  const before = (await idsOn(ana)).length
  // While a large change is on its way to the disk, and once it is there.
  await ana.openFile('big.excalidraw', bigDrawing(1_000))
  await ana.seesShapes(before + 1_000)
  ana = await again(ana)
  const count = (await idsOn(ana)).length
  await ana.openFile('big.excalidraw', bigDrawing(500))
  // Until the file is read, all that there is is saved.
  await ana.seesShapes(count + 500)
  await ana.isSavedHere()
  const all = await idsOn(ana)
  ana = await again(ana)
  expect(await idsOn(ana)).toEqual(all)
  // Whoever still runs goes on writing there.
  await ana.leave()
  await rm(profile, { recursive: true, maxRetries: 5 })
})

const idsOn = ({ page }: Person): Promise<readonly string[]> =>
  page.evaluate(() => (window.driftboard?.editor.board.ordered ?? []).map(({ id }) => id))

const strokeAt = (i: number): readonly Vec[] => {
  const [x, y] = [280 + 110 * (i % 6), 160 + 110 * Math.floor(i / 6)]
  return [
    [x, y],
    [x + 40, y + 30],
    [x + 80, y],
  ]
}
