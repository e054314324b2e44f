import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { addRectangle } from '../../shared/protocol/document.testing.ts'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import type { Random } from '../../shared/util/random.ts'
import { RelayLink, type RelayLinkOptions, type RelayState } from './relay-link.ts'
import { type End, SimNet } from './sim/sim-net.ts'
import { SimRelay } from './sim/sim-relay.ts'
import { type Accept, simInflate, simWebSocket } from './sim/sim-socket.ts'
import { Trace } from './sim/trace.ts'

const BOARD = 'relay-link-test-board'

/** ms in which any message has arrived and any answer too. */
export const A_WHILE = 1_000

/** A store of snapshots that never fails: that is for the simulation. */
const STEADY: Random = { ...seededRandom(1), next: () => 0.5 }

const links: RelayLink[] = []

/** Destroys the links that were made: to be called after each test. */
export function destroyLinks(): void {
  for (const link of links.splice(0)) link.destroy()
}

/** The real relay rooms at the other end of a simulated network. */
export function world(frameBytes?: number) {
  const clock = fakeClock(1_000)
  const random = seededRandom(3)
  const net = new SimNet(clock, random, new Trace())
  const relay = new SimRelay({
    net,
    clock,
    writeDelay: 100,
    random: STEADY,
    ...(frameBytes && { frameBytes }),
  })
  relay.start()
  return { clock, random, net, relay, accept: relay.accept.bind(relay) as Accept }
}

/** The relay's end of a connection, with what it sends and gets in one's hands. */
export function tapped(
  end: End,
  sent: (bytes: Uint8Array) => Uint8Array,
  got: (bytes: Uint8Array) => void = () => {},
): End {
  return {
    get inFlight() {
      return end.inFlight
    },
    send: bytes => end.send(sent(bytes)),
    close: (code, reason) => end.close(code, reason),
    set onMessage(listener: End['onMessage']) {
      end.onMessage = bytes => {
        got(bytes)
        listener(bytes)
      }
    },
    set onClose(listener: End['onClose']) {
      end.onClose = listener
    },
    set onDrained(listener: End['onDrained']) {
      end.onDrained = listener
    },
  }
}

/** The relay, with something else in its greeting. */
export const greeting =
  ({ accept }: ReturnType<typeof world>, change: Partial<Hello>): Accept =>
  (end, ...rest) => {
    const changed = (bytes: Uint8Array) => {
      const frame = decodeFrame(bytes, bytes.length)
      return frame.type === 'hello' ? encodeFrame({ ...frame, hello: { ...frame.hello, ...change } }) : bytes
    }
    return accept(tapped(end, changed), ...rest)
  }

/** The relay, telling whoever connects that they have this role. */
export const as = (here: ReturnType<typeof world>, role: Role): Accept => greeting(here, { role })

export function client(
  { clock, random, net, accept }: ReturnType<typeof world>,
  name = 'a',
  takes: Accept = accept,
  more: Partial<RelayLinkOptions> = {},
) {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const WebSocket = simWebSocket(net, name, takes)
  const link = new RelayLink({
    doc,
    boardId: BOARD,
    url: 'ws://relay/sync',
    awareness,
    clock,
    random,
    WebSocket,
    inflate: simInflate,
    ...more,
  })
  links.push(link)
  const seen: RelayState[] = []
  link.subscribe(state => seen.push(state))
  const draw = (id: string) => void addRectangle(doc, id)
  return { doc, awareness, link, seen, draw, shapes: doc.getMap<unknown>('shapes') }
}

export const shapesOf = (doc: Y.Doc): readonly string[] => [...doc.getMap('shapes').keys()].sort()
