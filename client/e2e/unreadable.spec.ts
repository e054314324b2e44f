import * as Y from 'yjs'
import { expect, test } from './fixtures.ts'
import { boardId, type Clip } from './person.ts'
import { addPlain, savedCopy } from './stored-board.ts'

/** As a version that knows more may have left them on this device. */
const STRANGE = {
  hologram: { type: 'hologram', pos: [500, 200], size: [220, 120], z: 'a7', depth: 12, parts: ['x', 'y'] },
  torn: { type: 'rectangle', pos: [500, 400], size: ['wide', null], z: 'a8' },
}

test('shapes that this version cannot read are shown as placeholders, locked, and kept to the last key', async ({
  arrive,
}) => {
  const ana = await arrive('Ana', { drawing: 'webgl' })
  const board = await ana.makeBoard()
  await ana.draw('r', [
    [300, 500],
    [420, 580],
  ])
  const clip: Clip = { x: 480, y: 180, width: 260, height: 160 }
  const empty = await ana.page.screenshot({ clip })
  await ana.isSavedHere()
  await ana.isSavedOnRelay()
  await ana.page.goto(`${ana.wire.url}/healthz`)
  await addPlain(ana.page, boardId(board), strangeUpdate())
  await ana.openBoard(board)
  await ana.seesShapes(3)
  await ana.seesChange(clip, empty)
  expect((await ana.shapes()).map(shape => shape.type)).toEqual(['rectangle', 'unreadable', 'unreadable'])

  await ana.press('v')
  await ana.drag([
    [610, 260],
    [640, 300],
  ])
  await ana.press('Control+a')
  expect(await ana.selection()).toHaveLength(1)
  await ana.press('Delete')
  await ana.seesShapes(2)
  await ana.isSavedHere()
  await ana.reload()
  await ana.seesShapes(2)
  // A copy holds what this version cannot read only of a board that is a newer version's as a whole.
  await ana.page.goto(`${ana.wire.url}/healthz`)
  await addPlain(ana.page, boardId(board), newerUpdate())
  await ana.openBoard(board)
  await ana.seesShapes(2)
  const copy = await savedCopy(ana.page)
  expect(copy.getMap('shapes').toJSON()).toEqual(STRANGE)
})

test('a relay that does not know a shape refuses it, names it, and the board works on here', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const board = await ana.makeBoard()
  await ana.isSavedOnRelay()
  await ana.page.goto(`${ana.wire.url}/healthz`)
  await addPlain(ana.page, boardId(board), strangeUpdate())
  await ana.openBoard(board)
  const line = ana.page.locator('drift-status').getByRole('status')
  await expect(line).toHaveText('The relay refused a change')
  await expect(ana.page.locator('drift-toasts li[data-kind=error]')).toHaveText(
    /at shapes\/(hologram|torn).*stays on this device/,
  )
  await ana.draw('r', [
    [300, 500],
    [420, 580],
  ])
  await ana.seesShapes(3)
  await ana.isSavedHere()
})

/** Makes the board one of a newer version, whoever else says otherwise at the same time. */
function newerUpdate(): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 2 ** 32 - 1
  doc.getMap('meta').set('schema', 99)
  return Y.encodeStateAsUpdate(doc)
}

function strangeUpdate(): Uint8Array {
  const doc = new Y.Doc()
  for (const [id, keys] of Object.entries(STRANGE)) {
    doc.getMap('shapes').set(id, new Y.Map<unknown>(Object.entries(keys)))
  }
  return Y.encodeStateAsUpdate(doc)
}
