import { expect, test } from 'vitest'
import { movesIn } from './move-trace.ts'

const page = { pid: 1, tid: 7 }
const move = (ts: number, dur: number, tdur: number) =>
  ({ ...page, name: 'EventDispatch', ts, dur, tdur, args: { data: { type: 'pointermove' } } }) as const
const frame = (ts: number, dur: number, tdur: number) =>
  ({ ...page, name: 'FireAnimationFrame', ts, dur, tdur }) as const
const traceOf = (...traceEvents: object[]) => JSON.stringify({ traceEvents })

test('a move costs its own listeners and the frames up to the next move, in whatever order they are written', () => {
  const trace = traceOf(frame(20, 400, 300), move(1000, 90, 80), move(10, 200, 100), frame(30, 40, 20))
  expect(movesIn(trace)).toEqual([
    { event: { cpu: 0.1, wall: 0.2 }, frame: { cpu: 0.32, wall: 0.44 } },
    { event: { cpu: 0.08, wall: 0.09 }, frame: { cpu: 0, wall: 0 } },
  ])
})

test('frames before the first move, other events, and those of other threads do not count', () => {
  const press = { ...move(5, 900, 900), args: { data: { type: 'pointerdown' } } }
  const elsewhere = { ...frame(40, 900, 900), tid: 8 }
  expect(movesIn(traceOf(frame(1, 900, 900), press, move(10, 20, 10), elsewhere))).toEqual([
    { event: { cpu: 0.01, wall: 0.02 }, frame: { cpu: 0, wall: 0 } },
  ])
})

test('where a browser does not tell the time of the processor, that of the wall stands for it', () => {
  const { tdur: _, ...untimed } = move(10, 20, 10)
  expect(movesIn(traceOf(untimed))[0]?.event).toEqual({ cpu: 0.02, wall: 0.02 })
})

test('a trace without a move says nothing', () => {
  expect(movesIn(traceOf(frame(1, 2, 3)))).toEqual([])
})
