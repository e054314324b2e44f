import { afterEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { addRectangle } from '../../shared/protocol/document.testing.ts'
import { type FakeClock, fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { type BoardSync, openBoardSync, type Page, type RelayAccess } from './board-sync.ts'
import type { LocalStore } from './local-store.ts'
import { SimDevice } from './sim/sim-device.ts'
import { SimNet } from './sim/sim-net.ts'
import { SimRelay } from './sim/sim-relay.ts'
import { simWebSocket } from './sim/sim-socket.ts'
import { Trace } from './sim/trace.ts'
import { eventually } from './wait.testing.ts'

/** ms in which a board is loaded, connected, synced and acknowledged. */
const A_WHILE = 2_000

function world() {
  const clock = fakeClock(1_000)
  const random = seededRandom(5)
  const net = new SimNet(clock, random, new Trace())
  const relay = new SimRelay({ net, clock, writeDelay: 5 })
  relay.start()
  return { clock, random, net, relay }
}

class FakePage implements Page {
  readonly window = new EventTarget()
  readonly document = Object.assign(new EventTarget(), {
    visibilityState: 'visible' as DocumentVisibilityState,
  })
}

const open: { readonly sync: BoardSync<string>; readonly clock: FakeClock }[] = []
let boards = 0

afterEach(async () => {
  vi.restoreAllMocks()
  for (const { sync, clock } of open.splice(0)) {
    const destroyed = sync.destroy()
    await clock.settle(100)
    await destroyed
  }
})

function board(
  here: ReturnType<typeof world>,
  boardId = `board-sync-test-${boards++}`,
  name = 'a',
  access?: RelayAccess,
) {
  const { clock, random, net, relay } = here
  const doc = new Y.Doc()
  const page = new FakePage()
  const store: LocalStore = new SimDevice(clock, random)
  const sync = openBoardSync<string>({
    doc,
    boardId,
    store,
    relayUrl: 'ws://relay',
    parsePresence: value => (typeof value === 'string' ? value : undefined),
    clock,
    random,
    page,
    WebSocket: simWebSocket(net, name, (end, id, protocol) => relay.accept(end, id, protocol)),
    ...(access && { access }),
  })
  open.push({ sync, clock })
  const draw = (id: string) => void addRectangle(doc, id)
  return { boardId, doc, page, sync, store, draw, shapes: doc.getMap<unknown>('shapes') }
}

describe('a board in sync', () => {
  test('is loaded from the device and saved there while nothing answers on the network', async () => {
    const here = world()
    here.relay.crash()
    const { sync, draw } = board(here)
    await here.clock.settle(100)
    await sync.loaded
    draw('a')
    expect(sync.durability.state).toEqual({ device: { at: 'saving' }, peers: 0, holders: 0, relay: 'off' })
    await here.clock.settle(100)
    expect(sync.durability.state).toEqual({ device: { at: 'saved' }, peers: 0, holders: 0, relay: 'off' })
  })

  test('makes no connection before the board is loaded', async () => {
    const here = world()
    const { sync } = board(here)
    expect(sync.relay.state).toEqual({ at: 'offline' })
    await here.clock.settle(100)
    expect(sync.relay.state.at).toBe('connecting')
  })

  test('makes no connection before it is known what to present, not even for a tab that is looked at', async () => {
    const here = world()
    let know = () => {}
    const ready = new Promise<void>(resolve => {
      know = resolve
    })
    const { page, sync } = board(here, undefined, 'a', { ready, credential: 'e.key', group: 'keys' })
    await here.clock.settle(100)
    page.document.dispatchEvent(new Event('visibilitychange'))
    await here.clock.settle(A_WHILE)
    expect(sync.relay.state).toEqual({ at: 'offline' })
    know()
    await here.clock.settle(A_WHILE)
    expect(sync.relay.state.at).toBe('synced')
  })

  test('shows where its changes are, from this device to the disk of the relay', async () => {
    const here = world()
    const { sync, draw } = board(here)
    await here.clock.settle(A_WHILE)
    const seen: string[] = []
    sync.durability.subscribe(({ device, relay }) => seen.push(`${device.at} ${relay}`))
    draw('a')
    await here.clock.settle(A_WHILE)
    expect(seen[0]).toBe('saving saved')
    expect(seen.at(-1)).toBe('saved saved')
    expect(seen).toContain('saved syncing')
  })

  test('tries the relay at once when the network is back or the person looks at the tab again', async () => {
    const here = world()
    here.relay.crash()
    const { page, sync } = board(here)
    await here.clock.settle(60_000)
    const wait = async () => {
      while (sync.relay.state.at !== 'offline') await here.clock.settle(50)
    }
    await wait()
    page.window.dispatchEvent(new Event('online'))
    expect(sync.relay.state.at).toBe('connecting')
    await wait()
    page.document.visibilityState = 'hidden'
    page.document.dispatchEvent(new Event('visibilitychange'))
    expect(sync.relay.state.at).toBe('offline')
    page.document.visibilityState = 'visible'
    page.document.dispatchEvent(new Event('visibilitychange'))
    expect(sync.relay.state.at).toBe('connecting')
  })

  test('takes its person away when the page hides, and brings them back when it shows', async () => {
    const here = world()
    const [a, b] = [board(here), board(here, `board-sync-test-${boards - 1}`, 'b')]
    await here.clock.settle(A_WHILE)
    a.sync.presence.set('Ada')
    await here.clock.settle(A_WHILE)
    const names = () => b.sync.presence.state.map(({ data }) => data)
    expect(names()).toEqual(['Ada'])
    a.page.window.dispatchEvent(new Event('pagehide'))
    await here.clock.settle(A_WHILE)
    await eventually('Ada is gone', () => names().length === 0)
    a.page.window.dispatchEvent(new Event('pageshow'))
    await here.clock.settle(A_WHILE)
    expect(names()).toEqual(['Ada'])
  })

  test('keeps two tabs of one browser in step without any network', async () => {
    const here = world()
    here.relay.crash()
    const first = board(here)
    await here.clock.settle(100)
    first.draw('before')
    const second = board(here, first.boardId, 'b')
    await here.clock.settle(100)
    await eventually('the second tab has what the first drew', () => second.shapes.has('before'))
    second.draw('after')
    first.sync.presence.set('tab one')
    await eventually('the first tab has what the second drew', () => first.shapes.has('after'))
    await eventually('tabs see each other', () => second.sync.presence.state[0]?.data === 'tab one')
  })
})

test('a destroyed board leaves no task, connection, listener or interval behind, and its last change is stored', async () => {
  const here = world()
  const set = vi.spyOn(globalThis, 'setInterval')
  const clear = vi.spyOn(globalThis, 'clearInterval')
  const { doc, page, sync, draw, store, boardId } = board(here)
  const added = [vi.spyOn(page.window, 'addEventListener'), vi.spyOn(page.document, 'addEventListener')]
  const removed = [
    vi.spyOn(page.window, 'removeEventListener'),
    vi.spyOn(page.document, 'removeEventListener'),
  ]
  await here.clock.settle(A_WHILE)
  sync.presence.set('somebody')
  draw('last')
  const destroyed = sync.destroy()
  await here.clock.settle(A_WHILE)
  await destroyed
  expect(here.net.connects('a', 'relay')).toBe(false)
  const made = set.mock.results.map(result => result.value)
  expect(made.length).toBeGreaterThan(0)
  expect(made.filter(timer => !clear.mock.calls.some(([cleared]) => cleared === timer))).toEqual([])
  const calls = (spies: typeof added | typeof removed) =>
    spies.flatMap(spy => spy.mock.calls.map(([type]) => type))
  expect(calls(added).length).toBe(4)
  expect(calls(removed).sort()).toEqual(calls(added).sort())
  for (const event of ['update', 'beforeTransaction', 'afterTransaction']) {
    expect([event, doc._observers.get(event)?.size ?? 0]).toEqual([event, 0])
  }
  await here.clock.settle(60_000)
  expect(here.clock.waiting).toBe(0)
  const again = new Y.Doc()
  store.open(again, boardId)
  await here.clock.settle(100)
  expect([...again.getMap('shapes').keys()]).toEqual(['last'])
})
