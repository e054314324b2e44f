import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { LIMITS } from '../../shared/schema/limits.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { copyText, cutText, pasteText } from './actions.ts'
import { PeerTracker } from './peer-tracker.ts'
import { previewShapes } from './preview.ts'
import { box, Rig } from './testing/rig.ts'
import type { Peer, Preview } from './types.ts'

const FAR = 1e9
const { coordinate, textLength } = LIMITS

const frame = (given: Partial<Extract<KnownShape, { type: 'frame' }>> = {}) =>
  makeShape('frame', { id: 'frame', z: 'Zz', pos: [0, 0], size: [300, 200], ...given })

test('the lines of a text break, while its side is pulled, where they will once it is let go', () => {
  const text = 'some text\nand more'
  for (let x = 89.985; x < 90.015; x += 0.0015) {
    const rig = new Rig(makeShape('text', { id: 't', z: 'a0', pos: [0, 0], text, wrap: 120 }))
    rig.editor.select(['t'])
    rig.down([120, 25])
    rig.move([60, 25])
    rig.move([x, 25])
    expect(rig.editor.state.preview?.kind).toBe('resize')
    const shown = rig.shownFrame()?.box
    rig.up([x, 25])
    expect(rig.shownFrame()?.box).toEqual(shown)
  }
})

test('a wrapped text that is made larger or smaller keeps its lines, also those that just fit', () => {
  for (let x = 40; x < 200; x += 1.37) {
    const text = makeShape('text', { id: 't', z: 'a0', pos: [0, 0], text: 'some text\nand more', wrap: 90 })
    const rig = new Rig(text)
    rig.editor.select(['t'])
    rig.drag([90, 50], [x, 50])
    const { box: after } = rig.shownFrame() as NonNullable<ReturnType<Rig['shownFrame']>>
    expect(after.h / rig.shape('text').fontSize).toBeCloseTo(2.5)
  }
})

test('a frame that is dragged past the edge of the board takes along what lies in it, which stops there', () => {
  const rig = new Rig(frame(), box('in', { frame: 'frame', pos: [190, 50] }))
  rig.editor.select(['frame'])
  rig.drag([75, 0], [FAR, 0])
  expect(rig.shape('frame').pos).toEqual([coordinate - 75, 0])
  expect(rig.shape('rectangle').pos).toEqual([coordinate, 50])
  rig.editor.undo()
  expect(rig.shape('rectangle').pos).toEqual([190, 50])
})

test('a note that is carried past the edge of the board is laid down there', () => {
  const rig = new Rig()
  rig.editor.use('note')
  rig.drag([0, 0], [-FAR, 0])
  expect(rig.shape('note').pos[0]).toBe(-coordinate)
})

test('what holds an arrow past the edge of the board can be removed', () => {
  const rig = new Rig(
    box('far', { pos: [coordinate, 0], size: [1000, 1000] }),
    makeShape('arrow', {
      ...{ id: 'arrow', z: 'a1', pos: [coordinate, 0], points: [0, 0, 10, 2000] },
      start: ['far', 1, 0.5],
    }),
  )
  rig.editor.select(['far'])
  rig.editor.run('delete')
  expect(rig.shapes.map(shape => shape.id)).toEqual(['arrow'])
  expect(rig.shape('arrow').start).toBeNull()
})

test('cutting a locked frame copies it and leaves it, with what lies in it', () => {
  const rig = new Rig(frame({ locked: true }), box('in', { frame: 'frame' }))
  rig.editor.select(['frame'])
  expect(cutText(rig.editor)).toContain('frame')
  expect(rig.shapes).toHaveLength(2)
})

test('a frame is flipped within itself, however far what it cuts off reaches', () => {
  const rig = new Rig(frame(), box('in', { frame: 'frame', pos: [250, 50] }))
  rig.editor.select(['frame'])
  rig.editor.run('flip-h')
  expect(rig.shape('frame').pos).toEqual([0, 0])
  expect(rig.shape('rectangle').pos).toEqual([-50, 50])
})

test('a text that a merge made longer than anybody may type is copied whole, and typed into without loss', () => {
  const rig = new Rig(makeShape('text', { id: 't', z: 'a0', pos: [0, 0], text: 'a'.repeat(textLength) }))
  const map = rig.doc.getMap('shapes').get('t') as Y.Map<Y.Text>
  map.get('text')?.insert(0, 'b'.repeat(textLength))
  rig.editor.select(['t'])
  const copied = copyText(rig.editor) as string
  rig.editor.duplicate()
  pasteText(rig.editor, copied)
  expect(rig.shapes.map(shape => 'text' in shape && shape.text.length)).toEqual(Array(3).fill(2 * textLength))
  rig.editor.edit('t')
  rig.editor.text.type(rig.shape('text', 't').text.replace('ba', 'bca'))
  expect(rig.shape('text', 't').text).toHaveLength(2 * textLength)
  rig.editor.text.type('b'.repeat(30_000))
  expect(rig.shape('text', 't').text).toHaveLength(30_000)
})

test('a page in a pasted text makes no page, and counts as read', () => {
  const rig = new Rig(box('r'))
  const page = { id: 'p', type: 'page', pos: [0, 0], z: 'a0', name: 'Page' }
  const shapes = [page, { id: 'q', type: 'ellipse', pos: [0, 0], size: [10, 10], z: 'a0' }]
  expect(pasteText(rig.editor, JSON.stringify({ type: 'driftboard/shapes', shapes })).unreadable).toBe(0)
  expect(rig.shapes.map(shape => shape.type)).toEqual(['rectangle', 'ellipse'])
})

const PASTED = { id: 'q', type: 'rectangle', pos: [0, 0], size: [10, 10], z: 'a0' }

test.each<[string, unknown]>([
  ['a type that is a word of the language', { ...PASTED, type: 'constructor' }],
  ['a place that is too far', { ...PASTED, pos: [1e300, 0] }],
  ['a stroke that is none', { ...PASTED, type: 'ink', ink: 'AAAA' }],
  ['an order that is none', { ...PASTED, z: 'a00' }],
  ['a link that runs a script', { ...PASTED, link: 'javascript:alert(1)' }],
  ['a text that no merge can be', { ...PASTED, text: 'x'.repeat(1e6) }],
  ['a list', []],
])('a pasted shape with %s is left out, and the others are pasted', (_, shape) => {
  const rig = new Rig()
  const text = JSON.stringify({ type: 'driftboard/shapes', shapes: [shape, PASTED] })
  expect(pasteText(rig.editor, text).unreadable).toBe(1)
  expect(rig.shapes).toHaveLength(1)
})

test('an arrow held by itself is pasted, flipped and removed without harm', () => {
  const rig = new Rig(makeShape('arrow', { ...arrowKeys(), start: ['arrow', 0, 0] }))
  rig.editor.select(['arrow'])
  pasteText(rig.editor, copyText(rig.editor) as string)
  rig.editor.run('flip-h')
  rig.editor.run('delete')
  rig.editor.undo()
  expect(rig.shapes).toHaveLength(2)
})

function arrowKeys() {
  return { id: 'arrow', z: 'a0', pos: [0, 0], points: [0, 0, 50, 50] } as const
}

/** What `rig` shows of another person whose message holds `preview`. */
function shownOf(rig: Rig, preview: unknown): readonly number[] {
  let peers: ReadonlyMap<number, Peer> = new Map()
  const tracker = new PeerTracker(rig.bound, seen => {
    peers = seen
  })
  const user = { name: 'x', colour: '#ff0000' }
  tracker.receive(new Map([[1, { user, cursor: null, selection: [], gesture: 1, caret: null, preview }]]))
  tracker.destroy()
  const shown: Preview | null = peers.get(1)?.preview ?? null
  const shapes = [...previewShapes(shown, rig.bound, line => line.length).values()]
  const values = shapes.flatMap(shape => Object.values(shape ?? {})).flat()
  return values.filter(value => typeof value === 'number')
}

const area = (x: number, y: number, w: number, h: number) => ({ x, y, w, h })
const resize = (from: unknown, to: unknown) => ({
  ...{ kind: 'resize', ids: ['rect', 'text', 'arrow', 'note'] },
  resize: { from, to, flipX: false, flipY: true },
})

test.each<[string, unknown]>([
  ['a resize from almost nothing', resize(area(0, 0, 1e-300, 1e-300), area(0, 0, 2e7, 2e7))],
  ['a resize far away', resize(area(1e308, -1e308, 1, 1), area(1e308, 1e308, 2e7, 2e7))],
  ['a resize to far away', resize(area(0, 0, 0, 0), area(4e7, 4e7, 2e7, 2e7))],
  ['a large resize', resize(area(0, 0, 0.1, 0.1), area(-4e7, -4e7, 2e7, 2e7))],
  ['a move to the edge', { kind: 'move', ids: ['rect', 'arrow'], offset: [1e7, -1e7] }],
  ['a reshape past the edge', { kind: 'reshape', id: 'arrow', pos: [1e7, 1e7], points: [1e7, 1e7, 0, 0] }],
  ['a cut beyond its end', { kind: 'cut', cuts: [{ id: 'arrow', keep: [[0, 1e308]] }] }],
  ['a page', { kind: 'create', shape: { id: 'p', type: 'page', pos: [0, 0], z: 'a0', name: '' } }],
  ['a gesture of a later version', { kind: 'teleport', ids: ['rect'] }],
])('%s in a message shows nothing at a place that is no place', (_, preview) => {
  const rig = new Rig(
    box('rect', { pos: [20, 20] }),
    makeShape('text', { id: 'text', z: 'a1', pos: [0, 0], text: 'some text', wrap: 50 }),
    makeShape('arrow', { ...arrowKeys(), start: ['rect', 0.5, 0.5] }),
    makeShape('note', { id: 'note', z: 'a4', pos: [250, 200], size: [200, 200] }),
  )
  for (const n of shownOf(rig, preview)) expect(Math.abs(n)).toBeLessThanOrEqual(4 * coordinate)
})
