import type { Vec } from '../../../shared/geometry/vec.ts'
import { keysAbove } from '../../../shared/schema/order.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { inkKeys } from '../../../shared/shapes/ink.ts'

/** World units between neighbouring shapes. */
const COLUMN = 140
const ROW = 110

/** A board of `count` shapes of every type, in a square. The same for the same count. */
export function sampleShapes(count: number): readonly KnownShape[] {
  const side = Math.ceil(Math.sqrt(count))
  return keysAbove(null, count).map((z, i) =>
    sampleShape(i, z, [(i % side) * COLUMN, Math.floor(i / side) * ROW]),
  )
}

function sampleShape(i: number, z: string, pos: Vec): KnownShape {
  const base = { id: `s${i}`, z, pos }
  const size: Vec = [110, 70]
  switch (i % 7) {
    case 0:
      return makeShape('rectangle', { ...base, size, corner: 8, fill: '#a5d8ff', text: `Box ${i}` })
    case 1:
      return makeShape('ellipse', { ...base, size, fill: '#b2f2bb', opacity: 0.7 })
    case 2:
      return makeShape('ink', { id: base.id, z, ...inkKeys({ points: loops(pos, 90), pressures: null }) })
    case 3:
      return makeShape('arrow', { ...base, points: [0, 0, 100, 60] })
    case 4:
      return makeShape('text', { ...base, text: `Note ${i}\nsecond line`, fontSize: 18 })
    case 5:
      return makeShape('line', { ...base, points: [0, 0, 40, 60, 80, 0, 110, 70], curved: true, width: 4 })
    default:
      return makeShape('diamond', { ...base, size, fill: '#ffec99', rot: 0.2 })
  }
}

/** A stroke of `count` points that crosses itself again and again. */
export function loops([x, y]: Vec, count: number): Vec[] {
  return Array.from(
    { length: count },
    (_, i): Vec => [x + i * 0.8 + Math.cos(i / 6) * 25, y + 35 + Math.sin(i / 6) * 25],
  )
}
