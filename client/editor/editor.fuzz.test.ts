import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { inkKeys } from '../../shared/shapes/ink.ts'
import { TOOLS } from '../shapes/index.ts'
import { commandsFor } from './commands/index.ts'
import { presenceState } from './presence-state.ts'
import { box, Rig } from './testing/rig.ts'
import type { Modifiers } from './types.ts'

const COMMANDS = commandsFor(TOOLS)

const seedShapes = (): readonly KnownShape[] => [
  box('rect', { groups: ['g'] }),
  box('turned', { pos: [150, 20], rot: 0.7, fill: 'transparent', groups: ['g', 'h'] }),
  makeShape('text', { id: 'text', z: 'a1', pos: [50, 100], text: 'some text', rot: -0.4 }),
  makeShape('arrow', { id: 'arrow', z: 'a2', pos: [0, 200], points: [0, 0, 80, 10, 120, -40], curved: true }),
  makeShape('line', { id: 'flat', z: 'a2', pos: [200, 200], points: [0, 0, 90, 0], rot: 1 }),
  makeShape('ink', { id: 'ink', z: 'a3', ...inkKeys({ points: STROKE, pressures: null }), groups: ['h'] }),
]

const STROKE: readonly Vec[] = [
  [200, 100],
  [230, 140],
  [260, 90],
]

const coordinate = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -50, max: 350 }) },
  { weight: 1, arbitrary: fc.constantFrom(1e9, -1e9, 0.123456789) },
)
const at: fc.Arbitrary<Vec> = fc.tuple(coordinate, coordinate)
const modifiers: fc.Arbitrary<Modifiers> = fc.record({
  shift: fc.boolean(),
  alt: fc.boolean(),
  ctrl: fc.boolean(),
})
const tool = fc.constantFrom(...TOOLS.map(({ name }) => name))
const pointer = fc.constantFrom('mouse' as const, 'touch' as const, 'pen' as const)
const pressure = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null })
const press = fc.record({ clicks: fc.constantFrom(1, 1, 2), pointer, pressure, modifiers })

type Action = (rig: Rig) => void

const pointerAction: fc.Arbitrary<Action> = fc.oneof(
  fc.tuple(at, press).map(
    ([p, how]): Action =>
      rig =>
        rig.down(p, how),
  ),
  fc.tuple(at, modifiers).map(
    ([p, m]): Action =>
      rig =>
        rig.move(p, { modifiers: m }),
  ),
  fc.tuple(at, modifiers).map(
    ([p, m]): Action =>
      rig =>
        rig.up(p, { modifiers: m }),
  ),
  modifiers.map(
    (m): Action =>
      rig =>
        rig.editor.handle({ type: 'modifiers', modifiers: m }),
  ),
  fc.constant<Action>(rig => rig.cancel()),
)

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 12, arbitrary: pointerAction },
  {
    weight: 3,
    arbitrary: tool.map(
      (name): Action =>
        rig =>
          rig.editor.use(name),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...COMMANDS).map(
      (command): Action =>
        rig =>
          rig.editor.run(command.id),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.string().map(
      (text): Action =>
        rig =>
          rig.editor.text.type(text),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Action>(rig => rig.editor.text.end()) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('hand' as const, 'eraser' as const).map(
      (name): Action =>
        rig =>
          rig.editor.borrow(name),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Action>(rig => rig.editor.giveBack()) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('rect', 'text', 'arrow', 'ink').map(
      (id): Action =>
        rig =>
          rig.doc.getMap('shapes').delete(id),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.double({ min: 0.01, max: 50, noNaN: true }).map(
      (zoom): Action =>
        rig =>
          rig.editor.look({ x: 0, y: 0, zoom }),
    ),
  },
)

test('no sequence of events and commands throws, and the state names only what is there', () => {
  fc.assert(
    fc.property(fc.array(anyAction, { maxLength: 60 }), actions => {
      const rig = new Rig(...seedShapes())
      for (const act of actions) {
        act(rig)
        const { state, board } = rig.editor
        const selected = [...state.selection].map(id => board.shapes.get(id))
        expect(selected.every(shape => shape && !shape.hidden)).toBe(true)
        expect(new Set(selected.map(shape => shape?.locked)).size).toBeLessThan(2)
        if (state.editing !== null && !board.shapes.has(state.editing)) {
          expect(state.preview).toMatchObject({ kind: 'create', shape: { id: state.editing, text: '' } })
        }
        const message = presenceState({ name: 'Ada', colour: '#ff0000' }, state, null, 1)
        expect(JSON.stringify(message).length).toBeLessThan(2048)
      }
      rig.editor.text.end()
      rig.editor.giveBack()
      rig.cancel()
      expect(rig.editor.state.preview).toBeNull()
    }),
    { numRuns: 200 },
  )
})

const gesture = fc.record({
  from: at,
  via: fc.array(fc.tuple(at, modifiers), { maxLength: 6 }),
  to: at,
  press,
  last: modifiers,
  ends: fc.constantFrom('up' as const, 'cancel' as const),
  selected: fc.subarray(['rect', 'turned', 'text', 'arrow', 'flat', 'ink']),
  snaps: fc.record({ snapping: fc.boolean(), grid: fc.boolean() }),
})

test('a gesture is at most one transaction, leaves no preview, and undo restores the board exactly', () => {
  fc.assert(
    fc.property(tool, gesture, (name, { from, via, to, press, last, ends, selected, snaps }) => {
      const rig = new Rig(...seedShapes())
      const before = rig.shapes
      let transactions = 0
      rig.board.subscribe(() => {
        transactions += 1
      })
      rig.editor.set(snaps)
      rig.editor.use(name)
      rig.editor.select(selected)
      rig.down(from, press)
      for (const [p, m] of via) rig.move(p, { modifiers: m })
      if (ends === 'cancel') rig.cancel()
      else rig.up(to, { modifiers: last })

      const isPlacing = rig.editor.state.tool === 'line' || rig.editor.state.tool === 'arrow'
      const isTyping = rig.editor.state.editing !== null
      if (!(ends === 'up' && (isPlacing || isTyping))) expect(rig.editor.state.preview).toBeNull()
      expect(transactions).toBeLessThanOrEqual(ends === 'up' ? 1 : 0)
      if (transactions === 1) rig.editor.undo()
      expect(rig.shapes).toEqual(before)
    }),
    { numRuns: 300 },
  )
})

/** A place, or a handle of the frame around the selection, counted round. */
const grip = fc.oneof(at, fc.nat({ max: 12 }))

test('what a gesture shows before its end is what it writes, to the rounding', () => {
  fc.assert(
    fc.property(gesture, grip, ({ via, to, press, last, selected, snaps }, held) => {
      const rig = new Rig(...seedShapes())
      rig.editor.set(snaps)
      rig.editor.select(selected)
      const handles = rig.shownFrame()?.handles ?? []
      const from = typeof held === 'number' ? handles[held % handles.length]?.at : held
      fc.pre(from !== undefined)
      rig.down(from, press)
      for (const [p, m] of via) rig.move(p, { modifiers: m })
      rig.move(to, { modifiers: last })
      const { preview } = rig.editor.state
      fc.pre(preview?.kind === 'move' || preview?.kind === 'rotate' || preview?.kind === 'resize')
      const frame = rig.shownFrame()
      rig.up(to, { modifiers: last })
      const after = rig.shownFrame()
      if (!frame || !after || Math.max(...Object.values(frame.box).map(Math.abs)) > 1e6) return
      // The frame of several turned shapes turns with them; afterwards it is upright again.
      if (preview?.kind === 'rotate' && selected.length > 1) return
      for (const key of ['x', 'y', 'w', 'h'] as const) {
        expect(Math.abs(after.box[key] - frame.box[key])).toBeLessThan(0.5)
      }
    }),
    { numRuns: 200 },
  )
})
