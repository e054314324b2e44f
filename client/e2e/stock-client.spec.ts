import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Clip } from './person.ts'
import { StockClient, sendRubbish } from './stock-client.ts'

test('a stock y-websocket client sees what is drawn, and what it writes is drawn in the browser', async ({
  arrive,
  relay,
}) => {
  const ana = await arrive('Ana', { drawing: 'webgl' })
  const board = await ana.makeBoard()
  await ana.draw('o', [
    [300, 200],
    [420, 280],
  ])
  const [ellipse] = await ana.shapes()
  const stock = new StockClient(relay.port, board)
  await expect.poll(() => stock.shapes[ellipse?.id ?? '']).toMatchObject({ type: 'ellipse', size: [120, 80] })

  const clip: Clip = { x: 480, y: 380, width: 160, height: 120 }
  const empty = await ana.page.screenshot({ clip })
  stock.write('by-hand', { type: 'rectangle', pos: [500, 400], size: [120, 80], z: 'a5', fill: '#a5d8ff' })
  await ana.seesShapes(2)
  await ana.seesChange(clip, empty)
  await ana.press('v')
  await ana.drag([
    [560, 440],
    [600, 470],
  ])
  await expect.poll(() => stock.shapes['by-hand']).toMatchObject({ pos: [540, 430] })
  stock.leave()
})

test('rubbish closes who sends it and harms nobody else', async ({ arrive, relay }) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const board = await ana.makeBoard()
  await ben.openBoard(board)
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ben.seesShapes(1)
  const foreign = new Y.Doc()
  foreign.getMap('somewhere-else').set('key', 'value')
  const whole = encodeFrame({ type: 'update', update: Y.encodeStateAsUpdate(foreign) })
  const unknown = new Y.Doc()
  unknown.getMap('shapes').set('hologram', new Y.Map([['type', 'hologram']]))
  const codes = await Promise.all([
    sendRubbish(relay.port, board, 'not even binary'),
    sendRubbish(relay.port, board, Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 127)),
    sendRubbish(relay.port, board, whole),
    sendRubbish(relay.port, board, whole.subarray(0, -3)),
    sendRubbish(relay.port, board, encodeFrame({ type: 'update', update: Uint8Array.of(1, 2, 3) })),
    sendRubbish(relay.port, board, encodeFrame({ type: 'update', update: Y.encodeStateAsUpdate(unknown) })),
  ])
  expect(codes).toEqual([4400, 4400, 4400, 4400, 4400, 4422])

  expect((await fetch(`http://127.0.0.1:${relay.port}/healthz`)).status).toBe(200)
  await ben.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ana.seesShapes(2)
  await agree(ana, ben)
  await ana.isSavedOnRelay()
  await ben.isSavedOnRelay()
})
