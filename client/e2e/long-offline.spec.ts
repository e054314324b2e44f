import * as Y from 'yjs'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { Edit } from '../board/board.ts'
import { Version1 } from '../board/version-1.testing.ts'
import { version1Devices } from '../sync/migrations/version-1.testing.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'
import { addPlain } from './stored-board.ts'

test.use({ serviceWorkers: 'allow' })

test('three who were away for long, one of them since the first version, lose nothing to reloads, a crash or the merge', async ({
  arrive,
}) => {
  // Some twenty pages are opened, by three people.
  test.slow()
  const ana = await arrive('Ana')
  let ben = await arrive('Ben')
  const cleo = await arrive('Cleo')
  await hasFirstVersionOf(ana)
  await openTheBoard(ana)
  await ben.openBoard(await ana.boardName())
  await ben.seesShapes(300)
  for (const person of [ana, ben]) await person.isSavedOnRelay()
  // Cleo drew with the first version, and has been away since: this one is on her device, and nothing was sent.
  await cleo.page.goto(cleo.wire.url)
  for (const person of [ana, ben, cleo]) {
    await person.worksOffline()
    await person.unplug()
  }
  await hasFirstVersionOf(cleo, old => {
    old.create('old-arrow', 'a9', [0, 0, 40, 60])
    old.reshape(LINE, [0, 0, 7, 7])
  })
  await openTheBoard(cleo)
  await cleo.seesShapes(301)

  await edits(ana, [...made('ana', 80), ...faded(0, 100), ...removed(200, 210)])
  await edits(ben, [...made('ben', 80), ...moved(50, 150), ...removed(205, 215)])
  await edits(cleo, made('cleo', 80))
  await ben.isSavedHere()
  await ben.crash()
  ben = await ben.openTab()
  await ben.seesShapes(370)
  for (const person of [ana, ben, cleo]) {
    await person.draw('p', STROKE)
    await person.isSavedHere()
    await person.reload()
  }
  await edits(ana, removed(0, 10, 'ana-'))
  await edits(ben, made('ben-later', 40))

  for (const person of [cleo, ben, ana]) await person.plugIn()
  for (const person of [ana, ben, cleo]) await person.isSavedOnRelay()
  const merged = await agree(ana, ben, cleo)
  const ids = new Set(merged.map(({ id }) => id))
  for (const id of [...idsOf('ana', 10, 80), ...idsOf('ben', 0, 80), ...idsOf('ben-later', 0, 40)]) {
    expect(ids).toContain(id)
  }
  // 300 but for 15 that were removed; 70, 120 and 80 that were made; a stroke of each; the arrow of the first version.
  expect(merged).toHaveLength(285 + 270 + 3 + 1)
  const byId = new Map(merged.map(shape => [shape.id, shape]))
  for (let i = 50; i < 100; i += 1)
    expect(byId.get(`s${i}`)).toMatchObject({ opacity: 0.25, pos: [i, 2 * i] })
  expect(byId.get('old-arrow')).toMatchObject({ type: 'arrow', points: [0, 0, 40, 60] })
  expect(byId.get(LINE)).toMatchObject({ points: [0, 0, 7, 7] })
})

const DEVICE = version1Devices().find(({ file }) => file === 'v1-300-shapes.json')

/** A line of that device's board, which none of the others touches. */
const LINE = 's299'

/** Puts on the device what the first version left there, with what was drawn since. */
async function hasFirstVersionOf({ page, wire }: Person, draw?: (old: Version1) => void): Promise<void> {
  if (!draw) await page.goto(`${wire.url}/healthz`)
  for (const { name, records } of DEVICE?.databases ?? []) {
    const doc = new Y.Doc()
    for (const { base64 } of records) Y.applyUpdate(doc, Buffer.from(base64, 'base64'))
    if (name !== 'library') draw?.(new Version1(doc))
    await addPlain(page, name, Y.encodeStateAsUpdate(doc))
  }
  await page.goto(wire.url)
}

async function openTheBoard({ page }: Person): Promise<void> {
  await page.getByRole('list', { name: 'Boards' }).getByRole('link', { name: 'Board 1' }).click()
  await page.waitForFunction(() => window.driftboard?.isReady === true)
}

/** Each is a gesture of its own. */
async function edits({ page }: Person, all: readonly Edit[]): Promise<void> {
  await page.evaluate(edits => {
    for (const edit of edits) window.driftboard?.editor.board.transact([edit])
  }, all)
}

const idsOf = (name: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, i) => `${name}-${from + i}`)

const made = (name: string, count: number): readonly Edit[] =>
  idsOf(name, 0, count).map((id, i) => ({
    op: 'create',
    shape: makeShape('rectangle', { id, z: 'b4a', pos: [9 * i, 300], size: [8, 8] }),
  }))

const shapesFrom = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => from + i)

const faded = (from: number, to: number): readonly Edit[] =>
  shapesFrom(from, to).map(i => ({ op: 'patch', id: `s${i}`, patch: { opacity: 0.25 } }))

const moved = (from: number, to: number): readonly Edit[] =>
  shapesFrom(from, to).map(i => ({ op: 'patch', id: `s${i}`, patch: { pos: [i, 2 * i] } }))

const removed = (from: number, to: number, prefix = 's'): readonly Edit[] =>
  shapesFrom(from, to).map(i => ({ op: 'remove', id: `${prefix}${i}` }))

const STROKE: readonly Vec[] = [
  [300, 300],
  [340, 330],
  [380, 300],
]
