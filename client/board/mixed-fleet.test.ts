import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { packPoints, unpackPoints } from '../../shared/geometry/packed-points.ts'
import { makeShape, SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { pictureOf } from '../../shared/testing/schema-fixtures.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import { splitUpdate } from '../sync/split-update.ts'
import { DocBoard } from './doc-board.ts'
import { upgradeDocument } from './migrate.ts'
import { Version1 } from './version-1.testing.ts'
import { Version2 } from './version-2.testing.ts'

/** Points that somebody gave an arrow, and what of that arrow they had seen before. */
interface Write {
  readonly arrow: string
  readonly points: readonly number[]
  readonly seen: ReadonlySet<Write>
}

type Step =
  | {
      readonly do: 'create' | 'reshape'
      readonly who: number
      readonly arrow: number
      readonly at: readonly number[]
    }
  | { readonly do: 'upgrade'; readonly who: number }
  /** What `who` would write is cut off after some of it: they crash, or lose the connection for good. */
  | { readonly do: 'half an upgrade'; readonly who: number; readonly to: number; readonly share: number }
  | { readonly do: 'sync'; readonly who: number; readonly to: number }

/** Bytes of the parts that half an upgrade arrives in: a shape or two each. */
const PART = 220

/** One device, with the app in one version, that knows of some of the writes. */
class Member {
  readonly doc = new Y.Doc()
  readonly known = new Set<Write>()
  readonly version: number
  /** The app in that version, where it is an earlier one. */
  readonly #old: Version1 | Version2 | null
  readonly #board: DocBoard

  constructor(version: number, client: number) {
    this.version = version
    this.doc.clientID = client
    this.#old = version === 1 ? new Version1(this.doc) : version === 2 ? new Version2(this.doc) : null
    this.#board = new DocBoard(this.doc, () => 1_700_000_000_000)
  }

  draw(what: 'create' | 'reshape', arrow: string, points: readonly number[]): void {
    if (what === 'create' && this.doc.getMap('shapes').has(arrow)) return
    let hasWritten = false
    this.doc.once('update', () => (hasWritten = true))
    if (this.#old) drawWith(this.#old, what, arrow, points)
    else this.#drawNew(what, arrow, points)
    // A version that may not write, or an arrow that is not there, leaves all as it was.
    if (hasWritten && this.#shows(arrow, points)) this.known.add({ arrow, points, seen: new Set(this.known) })
  }

  upgrade(): void {
    if (this.#old instanceof Version2) this.#old.upgrade()
    else if (!this.#old) this.#board.upgrade()
  }

  halfUpgrade(to: Member, share: number): void {
    if (this.#old instanceof Version1) return
    const scratch = new Y.Doc()
    Y.applyUpdate(scratch, Y.encodeStateAsUpdate(this.doc))
    const before = Y.encodeStateVector(scratch)
    if (this.#old) new Version2(scratch).upgrade()
    else upgradeDocument(scratch)
    const parts = splitUpdate(Y.encodeStateAsUpdate(scratch, before), PART) ?? []
    this.sync(to)
    for (const part of parts.slice(0, Math.floor(parts.length * share))) Y.applyUpdate(to.doc, part)
  }

  sync(to: Member): void {
    Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(to.doc)))
    for (const write of this.known) to.known.add(write)
  }

  #drawNew(what: 'create' | 'reshape', arrow: string, points: readonly number[]): void {
    if (what === 'reshape') this.#board.transact([{ op: 'patch', id: arrow, patch: { points } }])
    else
      this.#board.transact([
        { op: 'create', shape: makeShape('arrow', { id: arrow, z: 'a0', pos: [0, 0], points }) },
      ])
  }

  #shows(arrow: string, points: readonly number[]): boolean {
    const shape = this.#board.shapes.get(arrow)
    return shape?.type === 'arrow' && shape.points.join() === rounded(points).join()
  }
}

function drawWith(
  app: Version1 | Version2,
  what: 'create' | 'reshape',
  arrow: string,
  points: readonly number[],
): void {
  if (what === 'reshape') app.reshape(arrow, points)
  else app.create(arrow, 'a0', points)
}

const rounded = (points: readonly number[]): readonly number[] => unpackPoints(packPoints(points)) ?? []

/** Who has which version of the app. */
const FLEET = [1, SCHEMA_VERSION, 1, SCHEMA_VERSION, 2]
const PEOPLE = FLEET.length
const person = fc.integer({ min: 0, max: PEOPLE - 1 })
const coordinate = fc.oneof(
  fc.integer({ min: -500, max: 500 }),
  fc.double({ min: -500, max: 500, noNaN: true }),
)
const line = fc.array(coordinate, { minLength: 4, maxLength: 12 }).map(all => all.slice(0, all.length & ~1))
const draw = fc.record({
  do: fc.constantFrom('create' as const, 'reshape' as const),
  who: person,
  arrow: fc.nat(5),
  at: line,
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: draw },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), who: person, to: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('upgrade' as const), who: person }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('half an upgrade' as const),
      who: person,
      to: person,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
)
/** Those of people, as far as they are not by chance among the few that upgrades have. */
const clients = fc.uniqueArray(fc.integer({ min: 2 ** 24, max: 2 ** 32 - 1 }), {
  minLength: PEOPLE,
  maxLength: PEOPLE,
})

function play(fleet: readonly Member[], steps: readonly Step[]): void {
  const at = (i: number) => fleet[i] as Member
  for (const given of steps) {
    const member = at(given.who)
    switch (given.do) {
      // An arrow is made by one person only: ids are random.
      case 'create':
        member.draw('create', `${given.who}-${given.arrow}`, given.at)
        break
      case 'reshape':
        member.draw('reshape', anyArrow(member, given.arrow), given.at)
        break
      case 'upgrade':
        member.upgrade()
        break
      case 'half an upgrade':
        member.halfUpgrade(at(given.to), given.share)
        break
      case 'sync':
        member.sync(at(given.to))
        break
      default:
        unreachable(given)
    }
  }
}

function anyArrow({ doc }: Member, pick: number): string {
  const ids = [...doc.getMap('shapes').keys()].sort()
  return ids[pick % Math.max(1, ids.length)] ?? 'none'
}

function meet(fleet: readonly Member[]): void {
  for (const from of fleet) for (const to of fleet) if (from !== to) from.sync(to)
  for (const from of fleet) for (const to of fleet) if (from !== to) from.sync(to)
}

/** What an arrow may look like: each that nobody drew over in the knowledge of it. */
function lastWrites(known: ReadonlySet<Write>, arrow: string): readonly string[] {
  const all = [...known].filter(write => write.arrow === arrow)
  const last = all.filter(write => !all.some(later => later.seen.has(write)))
  return last.map(({ points }) => rounded(points).join())
}

test('version 2 and this one that upgrade the same board at once come to hold the same', () => {
  const [first, second, newest] = [
    new Member(1, 2 ** 24),
    new Member(2, 2 ** 25),
    new Member(SCHEMA_VERSION, 2 ** 26),
  ]
  first.draw('create', 'arrow', [0, 0, 5, 5])
  for (const member of [second, newest]) first.sync(member)
  for (const member of [second, newest]) member.upgrade()
  meet([second, newest])
  newest.upgrade()
  meet([second, newest])
  for (const { doc } of [second, newest]) expect(doc.getMap('meta').get('schema')).toBe(SCHEMA_VERSION)
  expect(pictureOf(second.doc)).toEqual(pictureOf(newest.doc))
})

test('old and new versions that draw, sync and upgrade in any order agree, and no drawing is lost to an upgrade', () => {
  let arrows = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), clients, (steps, ids) => {
      const fleet = ids.map((client, i) => new Member(FLEET[i] as number, client))
      play(fleet, steps)
      meet(fleet)
      const [first, newest] = fleet as [Member, Member]
      newest.upgrade()
      meet(fleet)
      const picture = pictureOf(newest.doc)
      for (const { doc } of fleet) {
        expect(pictureOf(doc)).toEqual(picture)
        expect(doc.getMap('meta').toJSON()).toEqual(newest.doc.getMap('meta').toJSON())
        expect(doc.getMap('meta').get('schema') ?? SCHEMA_VERSION).toBe(SCHEMA_VERSION)
      }
      expect(new Set(picture.shapes.map(({ id }) => id))).toEqual(
        new Set([...first.known].map(({ arrow }) => arrow)),
      )
      for (const { id, type, points } of picture.shapes) {
        arrows += 1
        expect(type).toBe('arrow')
        expect(lastWrites(first.known, id as string)).toContain((points as number[]).join())
      }
      for (const { doc } of fleet) {
        doc.on('update', () => expect.unreachable('A second upgrade wrote something.'))
        upgradeDocument(doc)
      }
    }),
    { numRuns: 120, seed: 4 },
  )
  // Otherwise the property above says nothing.
  expect(arrows).toBeGreaterThan(500)
})
