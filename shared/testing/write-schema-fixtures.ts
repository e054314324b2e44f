/**
 * Writes the fixtures of the version of the schema that this code has: `npm run fixtures`. Run it when a version is about
 * to be released, and never for one that was.
 */
import * as Y from 'yjs'
import { DocBoard } from '../../client/board/doc-board.ts'
import type { Vec } from '../geometry/vec.ts'
import { addComment, addRectangle } from '../protocol/document.testing.ts'
import { keysAbove } from '../schema/order.ts'
import { makeShape, SCHEMA_VERSION } from '../schema/read.ts'
import { type KnownShape, SHAPE_TYPES, type ShapeType } from '../shapes/index.ts'
import { inkKeys } from '../shapes/ink.ts'
import { writeSchemaFixture } from './schema-fixtures.ts'
import { seededRandom } from './seeded-random.ts'

/** ms since the epoch. */
const CREATED = 1_700_000_000_000

function person(client: number, name: string) {
  const doc = new Y.Doc()
  doc.clientID = client
  const board = new DocBoard(
    doc,
    () => CREATED,
    () => name,
  )
  return { doc, board }
}

function exchange(...docs: readonly Y.Doc[]): void {
  const updates = docs.map(doc => Y.encodeStateAsUpdate(doc))
  for (const doc of docs) for (const update of updates) Y.applyUpdate(doc, update, 'network')
}

const create = (...shapes: readonly KnownShape[]) => shapes.map(shape => ({ op: 'create' as const, shape }))

/** A wavy run of points from the origin, on steps of 1/64 as gestures are, or wherever an import put them. */
function wave(count: number, isImported: boolean): readonly number[] {
  const random = seededRandom(count)
  return Array.from({ length: count }, (_, i): Vec => {
    const [x, y] = [i * 3.7, 80 * Math.sin(i / 9) + random.next()]
    return isImported ? [x, y] : [Math.round(x * 64) / 64, Math.round(y * 64) / 64]
  }).flatMap(([x, y], i) => (i === 0 ? [0, 0] : [x, y]))
}

const stroke = Array.from({ length: 40 }, (_, i): Vec => [i * 4, 30 * Math.sin(i / 5)])

/** What each type has beside its place. A type that is missing here gets its defaults. */
const GIVEN: Readonly<Record<string, object>> = {
  rectangle: { size: [120, 60], text: 'label', corner: 8, groups: ['g1'], rot: 0.5 },
  ellipse: { size: [80, 40], fill: '#ffec99', opacity: 0.5 },
  diamond: { size: [60, 60], stroke: '#e03131', width: 4, font: 'mono' },
  triangle: { size: [70, 50], roughness: 1 },
  hexagon: { size: [70, 50], dash: 'dashed' },
  star: { size: [70, 50], fill: '#ffec99', fillStyle: 'dots' },
  cloud: { size: [70, 50], text: 'rain' },
  bubble: { size: [70, 50], flip: [true, false] },
  line: { points: [0, 0, 50.25, -30, 100, 0, 0, 0], fill: '#a5d8ff', curved: true },
  arrow: {
    ...{ points: [0, 0, 120.5, 40.015625], tail: 'dot', head: 'triangle', groups: ['g1'] },
    ...{ start: ['rectangle', 0.5, 0.5], end: ['ellipse', 0.25, 1], elbow: true, text: 'holds' },
  },
  ink: { ...inkKeys({ points: stroke, pressures: stroke.map((_, i) => i / 40) }), flip: [true, false] },
  text: { text: 'two\nlines', fontSize: 32, align: 'center', wrap: 200 },
  image: {
    ...{ size: [40, 30], natural: [400, 300], asset: 'ab'.repeat(32), alt: 'a cat' },
    ...{ crop: [0.25, 0, 0.5, 1], frame: 'frame', locked: true },
  },
  frame: { size: [300, 200], name: 'First slide', hidden: true },
  page: { name: 'Second page' },
  note: { size: [200, 200], text: 'remember', author: 'Ana', page: 'page' },
  bookmark: { size: [280, 120], text: 'A place', description: 'worth a visit', link: 'https://example.org/' },
  table: { size: [240, 80], text: 'a\tb\nc\td', columns: [1, 2], header: true },
}

function everyShape(): Y.Doc {
  const { doc, board } = person(11, 'Ana')
  const keys = keysAbove(null, SHAPE_TYPES.length)
  const made = SHAPE_TYPES.map((type: ShapeType, i): KnownShape => {
    const place = { id: type, z: keys[i] as string, pos: [i * 150, i * 20] as Vec }
    return makeShape(type, { ...GIVEN[type], ...place } as { id: string })
  })
  board.transact(create(...made))
  board.transact([{ op: 'title', title: 'Every shape' }])
  return doc
}

function longLines(): Y.Doc {
  const { doc, board } = person(22, 'Ben')
  const given = { pos: [10, 20] as Vec, width: 3 }
  board.transact(
    create(
      makeShape('arrow', { id: 'drawn', z: 'a0', ...given, points: wave(500, false) }),
      makeShape('line', { id: 'imported', z: 'a1', ...given, points: wave(120, true), curved: true }),
      makeShape('line', { id: 'far', z: 'a2', pos: [0, 0], points: [-1e7, 1e7, 1e7, -1e7, 0.0001, -0] }),
    ),
  )
  return doc
}

function comments(): Y.Doc {
  const { doc, board } = person(33, 'Cleo')
  board.transact(create(makeShape('rectangle', { id: 'r', z: 'a0', pos: [0, 0], size: [10, 10] })))
  addComment(doc, 'first', { pos: [5, 5], author: 'Cleo' })
  addComment(doc, 'answer', { pos: undefined, parent: 'first', author: 'Dan' })
  addComment(doc, 'done', { pos: undefined, shape: 'r', resolved: true })
  return doc
}

/** What no client of this version can show, among what it can. */
function unreadable(): Y.Doc {
  const { doc, board } = person(44, 'Eve')
  board.transact(create(makeShape('arrow', { id: 'good', z: 'a0', pos: [0, 0], points: [0, 0, 9, 9] })))
  const shapes = doc.getMap<unknown>('shapes')
  const put = (id: string, keys: Readonly<Record<string, unknown>>) =>
    shapes.set(id, new Y.Map(Object.entries({ pos: [1, 2], z: 'a1', ...keys })))
  doc.transact(() => {
    put('unknown-type', { type: 'hologram', points: [0, 0, 1, 1] })
    put('odd', { type: 'line', points: [0, 0, 1] })
    put('single', { type: 'arrow', points: [0, 0] })
    put('too-far', { type: 'line', points: [0, 0, 1e9, 0] })
    put('words', { type: 'arrow', points: 'here and there' })
    put('bytes', { type: 'arrow', points: new Uint8Array([9, 9, 9]) })
    put('pointless', { type: 'line' })
    shapes.set('no-map', 42)
    addRectangle(doc, 'lost', { pos: undefined })
  })
  return doc
}

/** Two people who edit the same arrow, label and order at once, undo, and remove. */
function merge(): Y.Doc {
  const [a, b] = [person(55, 'Ana'), person(66, 'Ben')]
  a.board.transact([
    ...create(
      makeShape('arrow', { id: 'shared', z: 'a0', pos: [0, 0], points: [0, 0, 50, 50] }),
      makeShape('rectangle', { id: 'label', z: 'a1', pos: [5, 5], size: [100, 50] }),
      makeShape('line', { id: 'gone', z: 'a2', pos: [0, 0], points: [0, 0, 3, 4] }),
    ),
    { op: 'title', title: 'Merged' },
  ])
  exchange(a.doc, b.doc)
  a.board.transact([{ op: 'patch', id: 'shared', patch: { points: [0, 0, 25.5, 10, 50, 50] } }])
  a.board.transact([{ op: 'text', id: 'label', at: 0, remove: 0, insert: 'left ' }])
  a.board.transact([{ op: 'remove', id: 'gone' }])
  b.board.transact([{ op: 'patch', id: 'shared', patch: { stroke: '#2f9e44', points: [0, 0, 7, 7] } }])
  b.board.transact([{ op: 'text', id: 'label', at: 0, remove: 0, insert: 'right' }])
  b.board.transact([{ op: 'patch', id: 'gone', patch: { points: [0, 0, 8, 8], z: 'a3' } }])
  b.board.transact([{ op: 'patch', id: 'label', patch: { pos: [50, 5] } }])
  b.board.undo()
  exchange(a.doc, b.doc)
  return b.doc
}

for (const [name, doc] of Object.entries({
  'every-shape': everyShape(),
  'long-lines': longLines(),
  comments: comments(),
  unreadable: unreadable(),
  merge: merge(),
}))
  writeSchemaFixture(SCHEMA_VERSION, name, doc)
