import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { keysAbove } from '../../../shared/schema/order.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { inkKeys } from '../../../shared/shapes/ink.ts'
import { systemClock } from '../../../shared/util/clock.ts'
import { secureRandom } from '../../../shared/util/random.ts'
import type { Edit } from '../../board/board.ts'
import { DocBoard } from '../../board/doc-board.ts'
import { loops, sampleShapes } from '../../render/testing/sample-shapes.ts'
import { keychainOf } from '../../vault/keychain.ts'
import { deleteDatabase, openDatabase, resultOf, UPDATES } from '../indexeddb-database.ts'
import { SealedBoard } from '../sealed-board.ts'
import { databaseName } from '../sealed-key.ts'
import type { Merging } from '../sealed-merging.ts'
import { UnsavedStates } from '../unsaved-states.ts'

/** What the bench asks of the page, all of it about one board in each of two forms: sealed, and y-indexeddb's own. */
export interface LoadPage {
  /** Fills the board with `count` shapes: in one chunk and one update, and then `gestures` more of one gesture each. */
  fill(count: number, gestures: number): Promise<void>
  /** ms until the document holds the board. */
  load(form: Form): Promise<number>
  /** ms for each of `count` gestures, from the edit until its event has returned. */
  commit(form: Form | 'memory', count: number): Promise<readonly number[]>
  /** What `count` gestures leave behind, on an empty board, and what a merge makes of it. */
  grow(count: number): Promise<{ readonly before: Size; readonly after: Size; readonly mergeMs: number }>
}

type Form = 'sealed' | 'plain'

interface Size {
  readonly chunks: number
  readonly bytes: number
}

const NAME = 'bench'
const NEVER: Merging = { chunks: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY }
const vaultKey = secureRandom.bytes(32)

/** As at each start of the app: no key is there from before. */
const newKeychain = () => keychainOf(vaultKey.slice(), secureRandom)
const sealedName = databaseName(newKeychain(), NAME)

interface Opened {
  readonly doc: Y.Doc
  close(): Promise<void>
}

async function openSealed(merging: Merging): Promise<Opened & { readonly board: SealedBoard }> {
  const doc = new Y.Doc()
  const board = new SealedBoard({
    doc,
    name: NAME,
    indexedDB,
    keychain: newKeychain(),
    clock: systemClock,
    random: secureRandom,
    onLeave: () => () => {},
    merging,
    unsaved: new UnsavedStates(),
  })
  await board.loaded
  return { doc, board, close: () => board.close() }
}

async function openPlain(): Promise<Opened> {
  const doc = new Y.Doc()
  const persistence = new IndexeddbPersistence(NAME, doc)
  await persistence.whenSynced
  return { doc, close: () => persistence.destroy() }
}

const opened = (form: Form): Promise<Opened> => (form === 'sealed' ? openSealed(NEVER) : openPlain())

async function clear(): Promise<void> {
  for (const name of [sealedName, NAME]) await deleteDatabase(indexedDB, name, systemClock)
}

async function sizeOf(name: string): Promise<Size> {
  const db = await openDatabase(indexedDB, name)
  const records: Uint8Array[] = await resultOf(db.transaction(UPDATES).objectStore(UPDATES).getAll())
  db.close()
  return { chunks: records.length, bytes: records.reduce((sum, { length }) => sum + length, 0) }
}

/** Gestures as people make them: mostly moves, some new shapes, some strokes. */
function gesture(i: number, keys: readonly string[]): Edit {
  const pos = [i % 977, (i * 7) % 983] as const
  const z = keys[i] ?? 'a0'
  if (i % 5 === 0) {
    return { op: 'create', shape: makeShape('rectangle', { id: `g${i}`, z, pos, size: [80, 50] }) }
  }
  if (i % 5 === 1) {
    const ink = inkKeys({ points: loops(pos, 60), pressures: null })
    return { op: 'create', shape: makeShape('ink', { id: `g${i}`, z, ...ink }) }
  }
  return { op: 'patch', id: `g${i - (i % 5)}`, patch: { pos } }
}

/** ms of each gesture. The browser has its turn after every one. */
async function draw(doc: Y.Doc, count: number): Promise<readonly number[]> {
  const board = new DocBoard(doc)
  const keys = keysAbove(board.ordered.at(-1)?.z ?? null, count)
  const times: number[] = []
  const turn = new MessageChannel()
  for (let i = 0; i < count; i += 1) {
    const edit = gesture(i, keys)
    const start = performance.now()
    board.transact([edit])
    times.push(performance.now() - start)
    await new Promise(resolve => {
      turn.port1.onmessage = resolve
      turn.port2.postMessage(null)
    })
  }
  turn.port1.close()
  board.destroy()
  return times
}

const page: LoadPage = {
  async fill(count, gestures) {
    await clear()
    for (const form of ['sealed', 'plain'] as const) {
      const { doc, close } = await opened(form)
      const board = new DocBoard(doc)
      board.transact(sampleShapes(count).map(shape => ({ op: 'create', shape })))
      board.destroy()
      await close()
      if (form === 'sealed') await merged()
      const again = await opened(form)
      await draw(again.doc, gestures)
      await again.close()
    }
  },
  async load(form) {
    const start = performance.now()
    const { doc, close } = await opened(form)
    const time = performance.now() - start
    if (doc.getMap('shapes').size === 0) throw new Error(`Nothing was loaded, ${form}.`)
    await close()
    return time
  },
  async commit(form, count) {
    const { doc, close } = await opened(form === 'memory' ? 'sealed' : form)
    if (form === 'memory') {
      await close()
      return draw(doc, count)
    }
    const times = await draw(doc, count)
    await close()
    return times
  },
  async grow(count) {
    await clear()
    const { doc, close } = await openSealed(NEVER)
    await draw(doc, count)
    await close()
    const before = await sizeOf(sealedName)
    const mergeMs = await merged()
    return { before, after: await sizeOf(sealedName), mergeMs }
  },
}

/** Merges the sealed board; ms that encoding the whole of it takes of the main thread. */
async function merged(): Promise<number> {
  const { doc, close } = await openSealed({ chunks: 2, bytes: 0 })
  const start = performance.now()
  Y.encodeStateAsUpdateV2(doc)
  const time = performance.now() - start
  // It is merged once it has been quiet for a second.
  for (let size = await sizeOf(sealedName); size.chunks > 1; size = await sizeOf(sealedName)) {
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  await close()
  return time
}

Object.assign(globalThis, { page })
