/** What one pointer move cost: ms of JavaScript. */
export interface MoveCost {
  /** In the listeners of the event. */
  readonly event: Cost
  /** In the frames from the move on, until the next move. */
  readonly frame: Cost
}

export interface Cost {
  /** Of the processor's time, which does not grow when other programs run beside the browser. */
  readonly cpu: number
  readonly wall: number
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds, as all times here. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly type?: string } }
}

/** The part of Chromium's trace that names events and frames. */
export const TRACED = ['-*', 'devtools.timeline']

/** What a trace of the browser tells of each pointer move in the page. */
export function movesIn(trace: string): readonly MoveCost[] {
  const { traceEvents }: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(trace)
  const first = traceEvents.find(isMove)
  const moves: { event: Cost; frame: Cost }[] = []
  // The threads of the browser write one after the other, not in the order of time.
  const inPage = traceEvents.filter(({ pid, tid }) => pid === first?.pid && tid === first.tid)
  for (const event of inPage.sort((a, b) => a.ts - b.ts)) {
    if (isMove(event)) moves.push({ event: costOf(event), frame: { cpu: 0, wall: 0 } })
    const move = moves.at(-1)
    if (move && event.name === 'FireAnimationFrame') move.frame = sum(move.frame, costOf(event))
  }
  return moves
}

const isMove = ({ name, args }: TraceEvent): boolean =>
  name === 'EventDispatch' && args?.data?.type === 'pointermove'

const costOf = ({ dur = 0, tdur = dur }: TraceEvent): Cost => ({ cpu: tdur / 1000, wall: dur / 1000 })

export const sum = (a: Cost, b: Cost): Cost => ({ cpu: a.cpu + b.cpu, wall: a.wall + b.wall })
