import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape, Shape } from '../../shared/shapes/index.ts'
import { BoundBoard } from '../board/bound-board.ts'
import { DocBoard } from '../board/doc-board.ts'
import { newDocument } from '../board/document.ts'
import { PagedBoard } from '../board/paged-board.ts'
import { TOOLS } from '../shapes/index.ts'
import { toScreen } from './camera.ts'
import { commandsFor } from './commands/index.ts'
import { Editor } from './editor.ts'
import { PeerTracker } from './peer-tracker.ts'
import { previewShapes } from './preview.ts'
import { box } from './testing/rig.ts'
import type { Modifiers } from './types.ts'

const lineWidth = (line: string) => line.length * 0.5
const NONE: Modifiers = { shift: false, alt: false, ctrl: false }

const SEEDS: readonly KnownShape[] = [
  makeShape('frame', { id: 'the frame', z: 'Zx', pos: [-20, -20], size: [260, 160] }),
  box('rectangle', { groups: ['g'], frame: 'the frame' }),
  box('locked', { pos: [20, 60], locked: true, frame: 'the frame', groups: ['g'] }),
  box('turned', { pos: [150, 20], rot: 0.7, fill: 'transparent', groups: ['g', 'h'] }),
  box('hidden', { pos: [60, 20], hidden: true, z: 'a1' }),
  makeShape('text', { id: 'a text', z: 'a1', pos: [50, 100], text: 'some text', rot: -0.4, wrap: 95 }),
  makeShape('arrow', {
    ...{ id: 'an arrow', z: 'a2', pos: [0, 200], points: [0, 0, 80, 10, 120, -40], curved: true },
    ...{ start: ['rectangle', 0.5, 0.5], end: ['turned', 0.2, 0.9] },
  }),
  makeShape('arrow', {
    ...{ id: 'an elbow', z: 'a2V', pos: [0, 200], points: [0, 0, 80, 10], elbow: true, text: 'label' },
    ...{ start: ['a note', 0.5, 0.5], end: ['locked', 0.5, 0.5] },
  }),
  makeShape('line', { id: 'a line', z: 'a3', pos: [200, 200], points: [0, 0, 90, 0], rot: 1, groups: ['h'] }),
  makeShape('note', { id: 'a note', z: 'a4', pos: [250, 200], size: [200, 200], text: 'hello' }),
]

/** A person at a board with pages. */
class Seat {
  readonly doc = newDocument()
  readonly stored = new DocBoard(this.doc)
  readonly bound = new BoundBoard(this.stored, lineWidth)
  readonly paged: PagedBoard
  readonly editor: Editor
  readonly #tracker: PeerTracker
  #ids = 0
  #time = 0

  constructor(name: string, state: Uint8Array) {
    Y.applyUpdate(this.doc, state, 'remote')
    const newId = () => `${name} ${this.#ids++}`
    this.paged = new PagedBoard(this.bound, newId)
    this.editor = new Editor({
      ...{ board: this.paged, pages: this.paged.control, lineWidth, tools: TOOLS, newId },
      now: () => (this.#time += 100),
    })
    this.editor.resize({ w: 800, h: 600 })
    this.#tracker = new PeerTracker(this.paged, peers => this.editor.setPeers(peers), this.paged.control)
  }

  drag(path: readonly Vec[], modifiers: Modifiers, clicks: number): void {
    const on = (at: Vec) => ({ at, screen: toScreen(this.editor.state.camera, at), modifiers })
    const [first = [0, 0], ...rest] = path
    this.editor.handle({ type: 'down', ...on(first), pointer: 'mouse', clicks, pressure: null })
    for (const at of rest) this.editor.handle({ type: 'move', ...on(at), samples: [{ at, pressure: null }] })
    this.editor.handle({ type: 'up', ...on(path.at(-1) ?? first) })
  }

  /** Takes over what `other` wrote, and sees what it does. */
  hear(other: Seat): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), 'remote')
    const said = JSON.stringify(other.editor.outgoingPresence({ name: 'Ada', colour: '#ff0000' }))
    this.#tracker.receive(new Map([[1, JSON.parse(said)]]))
    for (const { preview } of this.editor.state.peers.values()) previewShapes(preview, this.paged, lineWidth)
  }
}

const start = (): Uint8Array => {
  const doc = newDocument()
  new DocBoard(doc).transact(SEEDS.map(shape => ({ op: 'create', shape })))
  return Y.encodeStateAsUpdate(doc)
}
const START = start()

/** All that is on the board of the seat, but for who changed it. */
const written = ({ stored }: Seat): readonly Shape[] =>
  Array.from(stored.shapes.values(), shape => ({ ...shape, by: '' })).sort((a, b) => (a.id < b.id ? -1 : 1))

/** What a seat has followed step by step is what it would find if it came now. */
function expectInStep({ stored, paged, editor }: Seat): void {
  const bound = new BoundBoard(stored, lineWidth)
  const fresh = new PagedBoard(bound, () => '', paged.page)
  expect(paged.page).toBe(fresh.page)
  expect(paged.ordered).toEqual(fresh.ordered)
  expect(paged.shapes.size).toBe(paged.ordered.length)
  for (const id of editor.state.selection) expect(paged.shapes.has(id)).toBe(true)
  fresh.destroy()
  bound.destroy()
}

type Action = readonly [name: string, run: (seat: Seat) => void]

const coordinate = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -50, max: 350 }) },
  { weight: 1, arbitrary: fc.constantFrom(1e9, -1e9, 0.123456789) },
)
const path = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 4 })
const modifiers = fc.record({ shift: fc.boolean(), alt: fc.boolean(), ctrl: fc.boolean() })
const TRAVEL = ['undo', 'redo']
const COMMANDS = commandsFor(TOOLS).map(({ id }) => id)
const action = (...left: readonly string[]): fc.Arbitrary<Action> => {
  const commands = COMMANDS.filter(id => !left.includes(id))
  return fc.oneof(
    fc
      .tuple(path, fc.option(modifiers, { nil: NONE }), fc.constantFrom(1, 1, 2))
      .map((drag): Action => [JSON.stringify(drag), seat => seat.drag(...drag)]),
    fc.constantFrom(...commands).map((id): Action => [id, seat => seat.editor.run(id)]),
    fc.subarray(SEEDS.map(({ id }) => id)).map((ids): Action => [`${ids}`, seat => seat.editor.select(ids)]),
    fc.constantFrom(...TOOLS).map(({ name }): Action => [name, seat => seat.editor.use(name)]),
    fc.string().map((text): Action => [`types ${text}`, seat => seat.editor.text.type(text)]),
    fc.constant<Action>(['adds a page', seat => void seat.paged.control.add()]),
    fc.constant<Action>(['copies the page', seat => void seat.paged.control.duplicate(seat.paged.page)]),
  )
}

test('nothing that is done changes what is locked, or takes away what is hidden', () => {
  const kept = action('lock', 'unlock-all', 'show-all', 'page-remove', ...TRAVEL)
  fc.assert(
    fc.property(fc.array(kept, { maxLength: 30 }), actions => {
      const seat = new Seat('a', START)
      for (const [, run] of actions) run(seat)
      expect(seat.stored.shapes.get('locked')).toEqual(SEEDS.find(({ id }) => id === 'locked'))
      expect(seat.stored.shapes.has('hidden')).toBe(true)
      expectInStep(seat)
    }),
    { numRuns: 60 },
  )
})

test('undoing everything brings the board back as it was, on every page, and redoing all that was done', () => {
  fc.assert(
    fc.property(fc.array(action(...TRAVEL), { maxLength: 25 }), actions => {
      const seat = new Seat('a', START)
      const before = written(seat)
      for (const [, run] of actions) run(seat)
      seat.editor.use('select')
      const after = written(seat)
      while (seat.paged.canUndo) seat.editor.undo()
      expect(written(seat)).toEqual(before)
      expectInStep(seat)
      while (seat.paged.canRedo) seat.editor.redo()
      expect(written(seat)).toEqual(after)
      expectInStep(seat)
    }),
    { numRuns: 60 },
  )
})

test('two people who do anything at once end with the same board, and each sees what is on it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), action(), fc.boolean()), { maxLength: 30 }), steps => {
      const [a, b] = [new Seat('a', START), new Seat('b', START)]
      for (const [isFirst, [, run], speaks] of [...steps, [true, ['', () => {}], true] as const]) {
        run(isFirst ? a : b)
        if (!speaks) continue
        a.hear(b)
        b.hear(a)
        expectInStep(a)
        expectInStep(b)
      }
      expect(written(a)).toEqual(written(b))
    }),
    { numRuns: 40 },
  )
})
