import type { Vec } from '../../shared/geometry/vec.ts'
import { keysAbove } from '../../shared/schema/order.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { Rig } from './testing/rig.ts'
import type { ToolName } from './types.ts'

const GESTURES = 300

/** From the pointer's up to the document's update event, on boards of two sizes, without drawing. */
export default async function commitBench(): Promise<{ name: string; value: number; unit: string }[]> {
  return [1_000, 10_000].flatMap(count => {
    const rig = new Rig(...grid(count))
    rig.editor.look({ x: 0, y: 0, zoom: 1 })
    const cases: readonly (readonly [string, ToolName, (i: number) => readonly Vec[]])[] = [
      ['a rectangle', 'rectangle', i => [place(i), [place(i)[0] + 80, place(i)[1] + 50]]],
      ['a stroke of 200 points', 'ink', i => stroke(place(i))],
      ['moving one shape', 'select', i => [place(i), [place(i)[0] + 30, place(i)[1] + 20]]],
    ]
    return cases.flatMap(([what, tool, path]) => {
      const times = Array.from({ length: GESTURES }, (_, i) => commit(rig, tool, path(i))).sort(
        (a, b) => a - b,
      )
      return [
        { name: `${what}, ${count} shapes, median`, value: at(times, 0.5), unit: 'ms' },
        { name: `${what}, ${count} shapes, p95`, value: at(times, 0.95), unit: 'ms' },
      ]
    })
  })
}

/** ms from up to the update event. */
function commit(rig: Rig, tool: ToolName, path: readonly Vec[]): number {
  const { editor, doc } = rig
  const modifiers = { shift: false, alt: false, ctrl: false }
  const [start, ...rest] = path as [Vec, ...Vec[]]
  const end = rest.at(-1) ?? start
  editor.use(tool)
  editor.handle({
    type: 'down',
    at: start,
    screen: start,
    pressure: null,
    pointer: 'mouse',
    clicks: 1,
    modifiers,
  })
  for (const point of rest) {
    editor.handle({
      type: 'move',
      at: point,
      screen: point,
      samples: [{ at: point, pressure: null }],
      modifiers,
    })
  }
  let updated = Number.NaN
  const onUpdate = () => (updated = performance.now())
  doc.once('update', onUpdate)
  const up = performance.now()
  editor.handle({ type: 'up', at: end, screen: end, modifiers })
  if (Number.isNaN(updated)) throw new Error(`The gesture with ${tool} at ${start} committed nothing.`)
  return updated - up
}

const at = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(3))

/** On the left edge of the i-th shape of the grid. */
const place = (i: number): Vec => [(i % 100) * 60, Math.floor(i / 100) * 60 + 10]

const stroke = ([x, y]: Vec): readonly Vec[] =>
  Array.from({ length: 200 }, (_, i): Vec => [x + i * 3, y + 40 * Math.sin(i / 9)])

function grid(count: number) {
  const keys = keysAbove(null, count)
  return keys.map((z, i) =>
    makeShape('rectangle', {
      id: `shape-${i}`,
      pos: [(i % 100) * 60, Math.floor(i / 100) * 60],
      size: [50, 40],
      z,
    }),
  )
}
