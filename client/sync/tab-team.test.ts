import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addRectangle } from '../../shared/protocol/document.testing.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { type BoardSync, openBoardSync } from './board-sync.ts'
import { tapped } from './relay-link.testing.ts'
import { SimDevice } from './sim/sim-device.ts'
import { type End, SimNet } from './sim/sim-net.ts'
import { SimRelay } from './sim/sim-relay.ts'
import { simWebSocket } from './sim/sim-socket.ts'
import { Trace } from './sim/trace.ts'
import { TestBrowser } from './tabs.testing.ts'

const BOARD = 'tab-team-test-board'

/** ms in which anything that was said has arrived, and any answer too. */
const A_WHILE = 2_000

interface Tab {
  readonly name: string
  readonly sync: BoardSync<string>
  readonly doc: Y.Doc
  readonly window: EventTarget
  draw(id: string): void
  /** The tab is gone without a word. */
  crash(): void
}

const tabs: { readonly tab: Tab; readonly settle: (ms: number) => Promise<void> }[] = []

afterEach(async () => {
  for (const { tab, settle } of tabs.splice(0)) {
    const destroyed = tab.sync.destroy()
    await settle(100)
    await destroyed
  }
})

function world() {
  const clock = fakeClock(1_000)
  const random = seededRandom(11)
  const net = new SimNet(clock, random, new Trace())
  const relay = new SimRelay({ net, clock, writeDelay: 100, random: { ...random, next: () => 0.5 } })
  relay.start()
  let documentFrames = 0
  const accept = (end: End, id: string, protocol: string) => {
    const count = (bytes: Uint8Array) => {
      if (bytes[0] === 0 && bytes[1] === 2) documentFrames += 1
    }
    return relay.accept(
      tapped(end, bytes => bytes, count),
      id,
      protocol,
    )
  }

  /** A browser of a person. */
  function browser() {
    const device = new SimDevice(clock, random)
    const shared = new TestBrowser(clock, random)
    return { device, shared, hasLocks: true }
  }

  function open(name: string, { device, shared, hasLocks }: ReturnType<typeof browser>): Tab {
    const doc = new Y.Doc()
    const window = new EventTarget()
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as const })
    const sync = openBoardSync<string>({
      doc,
      boardId: BOARD,
      store: device,
      relayUrl: 'ws://relay',
      parsePresence: value => (typeof value === 'string' ? value : undefined),
      clock,
      random,
      page: { window, document },
      WebSocket: simWebSocket(net, name, accept),
      ...(hasLocks && { locks: shared.locks(name) }),
      openChannel: shared.openChannel(name),
    })
    const tab: Tab = {
      name,
      sync,
      doc,
      window,
      draw: id => void addRectangle(doc, id),
      crash() {
        shared.end(name)
        net.cut((a, b) => a === name || b === name)
        void sync.destroy()
      },
    }
    tabs.push({ tab, settle: ms => clock.settle(ms) })
    return tab
  }

  return {
    clock,
    net,
    relay,
    browser,
    open,
    documentFrames: () => documentFrames,
    isConnected: ({ name }: Tab) => net.connects(name, 'relay'),
  }
}

const shapesOf = ({ doc }: Tab) => [...doc.getMap('shapes').keys()].sort()
const seenBy = ({ sync }: Tab) => sync.presence.state.map(({ data }) => data).sort()

/** Two tabs of Ana, the first of which leads, and one of Ben. */
async function company() {
  const here = world()
  const ana = here.browser()
  const first = here.open('a1', ana)
  await here.clock.settle(A_WHILE)
  const second = here.open('a2', ana)
  const ben = here.open('b', here.browser())
  await here.clock.settle(A_WHILE)
  return { ...here, ana, first, second, ben }
}

describe('two tabs of one browser', () => {
  test('share one connection, over which both hear others and others hear both, and nothing goes twice', async () => {
    const { clock, first, second, ben, isConnected, documentFrames } = await company()
    expect([first, second].map(isConnected)).toEqual([true, false])
    const before = documentFrames()
    second.draw('from-the-follower')
    first.draw('from-the-leader')
    ben.draw('from-ben')
    await clock.settle(A_WHILE)
    for (const tab of [first, second, ben]) {
      expect(shapesOf(tab)).toEqual(['from-ben', 'from-the-follower', 'from-the-leader'])
    }
    expect(documentFrames() - before).toBe(3)
  })

  test('tell the same of the relay, and the one that follows calls its change saved when it is on the disk', async () => {
    const { clock, first, second, relay } = await company()
    expect(second.sync.relay.state).toEqual(first.sync.relay.state)
    expect(second.sync.hello.state).toMatchObject({ role: 'editor', mesh: null })
    second.draw('new')
    const isOnDisk = () => relay.onDisk.getMap('shapes').has('new')
    expect(second.sync.durability.state.relay).toBe('syncing')
    const seen: boolean[] = []
    second.sync.durability.subscribe(({ relay }) => relay === 'saved' && seen.push(isOnDisk()))
    await clock.settle(A_WHILE)
    expect(seen[0]).toBe(true)
    expect(second.sync.relay.state).toMatchObject({ at: 'synced', durable: true, inSnapshot: true })
  })

  test('are both seen by others, and each is gone when it closes', async () => {
    const { clock, first, second, ben } = await company()
    first.sync.presence.set('Ana, left')
    second.sync.presence.set('Ana, right')
    ben.sync.presence.set('Ben')
    await clock.settle(A_WHILE)
    expect(seenBy(ben)).toEqual(['Ana, left', 'Ana, right'])
    expect(seenBy(second)).toEqual(['Ana, left', 'Ben'])
    void second.sync.destroy()
    await clock.settle(A_WHILE)
    expect(seenBy(ben)).toEqual(['Ana, left'])
    expect(seenBy(first)).toEqual(['Ben'])
  })

  test.each([
    ['closes', (tab: Tab) => void tab.sync.destroy()],
    ['crashes', (tab: Tab) => tab.crash()],
    ['is left for another page', (tab: Tab) => void tab.window.dispatchEvent(new Event('pagehide'))],
  ])(
    'when the one that leads %s, the other takes over: nothing is lost, and who is gone is not seen',
    async (_how, go) => {
      const { clock, first, second, ben, isConnected } = await company()
      first.sync.presence.set('Ana, left')
      second.sync.presence.set('Ana, right')
      ben.sync.presence.set('Ben')
      await clock.settle(A_WHILE)
      first.draw('last-of-the-leader')
      second.draw('just-before')
      // Long enough for the other tab, too short for the network.
      await clock.settle(10)
      go(first)
      second.draw('just-after')
      expect(second.sync.durability.state.relay).not.toBe('saved')
      ben.draw('meanwhile')
      await clock.settle(2 * A_WHILE)
      expect(isConnected(second)).toBe(true)
      expect(second.sync.relay.state).toMatchObject({ at: 'synced', durable: true })
      expect(shapesOf(ben)).toEqual(['just-after', 'just-before', 'last-of-the-leader', 'meanwhile'])
      expect(shapesOf(second)).toEqual(shapesOf(ben))
      expect(seenBy(ben)).toEqual(['Ana, right'])
      expect(seenBy(second)).toEqual(['Ben'])
    },
  )

  test('a page that comes back follows the tab that leads by then, and is seen again', async () => {
    const { clock, first, second, ben, isConnected } = await company()
    first.sync.presence.set('Ana, left')
    first.window.dispatchEvent(new Event('pagehide'))
    await clock.settle(A_WHILE)
    second.draw('meanwhile')
    first.window.dispatchEvent(new Event('pageshow'))
    first.draw('back')
    await clock.settle(A_WHILE)
    expect([first, second].map(isConnected)).toEqual([false, true])
    expect(shapesOf(ben)).toEqual(['back', 'meanwhile'])
    expect(first.sync.durability.state.relay).toBe('saved')
    expect(seenBy(ben)).toEqual(['Ana, left'])
  })

  test('without a relay stay in step, and both know that it is out of reach', async () => {
    const { clock, first, second, ben, relay } = await company()
    relay.crash()
    await clock.settle(A_WHILE)
    second.draw('offline')
    await clock.settle(A_WHILE)
    expect(shapesOf(first)).toEqual(['offline'])
    expect(second.sync.durability.state.relay).toBe('off')
    relay.start()
    await clock.settle(30_000)
    expect(shapesOf(ben)).toEqual(['offline'])
    expect(second.sync.durability.state.relay).toBe('saved')
  })

  test('what an absent leader never heard is told when one comes: a change made while nobody led', async () => {
    const { clock, first, second, ben } = await company()
    first.crash()
    second.draw('alone')
    await clock.settle(2 * A_WHILE)
    expect(shapesOf(ben)).toEqual(['alone'])
  })

  test('where the browser has no locks each tab has a connection of its own', async () => {
    const here = world()
    const ana = { ...here.browser(), hasLocks: false }
    const [one, two] = [here.open('a1', ana), here.open('a2', ana)]
    await here.clock.settle(A_WHILE)
    expect([one, two].map(here.isConnected)).toEqual([true, true])
    two.draw('here')
    await here.clock.settle(A_WHILE)
    expect(shapesOf(one)).toEqual(['here'])
    expect([one, two].map(tab => tab.sync.durability.state.relay)).toEqual(['saved', 'saved'])
  })
})

describe('the latest changes of a tab', () => {
  test.each(['first', 'second'] as const)(
    'of the %s tab arrive on the device, the relay and in a snapshot, in this order',
    async which => {
      const { clock, relay, ...rest } = await company()
      const tab = rest[which]
      const seen: string[] = []
      tab.sync.changes.subscribe(([change]) => {
        if (!change) return
        const { device, relay: disk, snapshot } = change
        const isThere = { disk: relay.onDisk, snapshot: relay.inSnapshots }
        const has = (doc: Y.Doc) => doc.getMap('shapes').has('a')
        if (disk) expect(has(isThere.disk)).toBe(true)
        if (snapshot) expect(has(isThere.snapshot)).toBe(true)
        seen.push([device && 'device', disk && 'relay', snapshot && 'snapshot'].filter(Boolean).join())
      })
      tab.sync.describe({ what: 'added', shapes: ['a'] })
      tab.draw('a')
      await clock.settle(5_000)
      expect([...new Set(seen)]).toEqual(['', 'device', 'device,relay', 'device,relay,snapshot'])
    },
  )

  test('what is removed counts too, and what was never confirmed is not shown as if it were', async () => {
    const { clock, second, relay } = await company()
    second.sync.describe({ what: 'added', shapes: ['a'] })
    second.draw('a')
    await clock.settle(A_WHILE)
    relay.crash()
    second.sync.describe({ what: 'removed', shapes: ['a'] })
    second.doc.getMap('shapes').delete('a')
    await clock.settle(A_WHILE)
    const relays = () => second.sync.changes.state.map(({ what, relay }) => [what, relay])
    expect(relays()).toEqual([
      ['removed', false],
      ['added', true],
    ])
    relay.start()
    await clock.settle(30_000)
    expect(relays()[0]).toEqual(['removed', true])
  })

  test('the letters of one text are one change, which is saved when the last one is', async () => {
    const { clock, first } = await company()
    for (const id of ['a', 'b', 'c']) {
      first.sync.describe({ what: 'changed', shapes: ['text'] })
      first.draw(id)
      await clock.settle(300)
    }
    expect(first.sync.changes.state).toHaveLength(1)
    await clock.settle(A_WHILE)
    first.sync.describe({ what: 'changed', shapes: ['text'] })
    first.draw('d')
    expect(first.sync.changes.state.map(({ relay }) => relay)).toEqual([false, true])
  })
})
