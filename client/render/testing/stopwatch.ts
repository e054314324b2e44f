/** What one pointer move cost; ms of JavaScript. */
export interface Move {
  readonly event: number
  /** In the frames from the move on, until the next move. */
  readonly frame: number
  /** Which frame after the event drew it: 1 for the very next. */
  readonly frames: number
}

export interface Stopwatch {
  /** The moves since the last call. */
  take(): readonly Move[]
  /** Resolves after the next frame. */
  frame(): Promise<void>
  /** Resolves once nothing asks for frames any more. */
  idle(): Promise<void>
}

declare global {
  interface Window {
    stopwatch: Stopwatch
  }
}

/** Runs in the page, before the app: takes the time of its listeners of pointer moves and of its frames. */
export function installStopwatch(): void {
  const request = window.requestAnimationFrame.bind(window)
  let moves: { event: number; frame: number; frames: number }[] = []
  let start = 0
  let passed = 0
  let asked = 0
  let isPending = false
  const count = () => {
    passed += 1
    if (isPending) request(count)
  }
  window.requestAnimationFrame = callback => {
    asked += 1
    return request(now => {
      const before = performance.now()
      callback(now)
      const move = moves.at(-1)
      if (!move) return
      move.frame += performance.now() - before
      if (isPending) move.frames = passed
      isPending = false
    })
  }
  window.addEventListener(
    'pointermove',
    () => {
      start = performance.now()
      passed = 0
      isPending = true
      // Asked for before the app does, so that it runs before the app's own in the same frame.
      request(count)
      moves.push({ event: 0, frame: 0, frames: 0 })
    },
    { capture: true },
  )
  window.addEventListener('pointermove', () => {
    const move = moves.at(-1)
    if (move) move.event = performance.now() - start
  })
  const frame = () => new Promise<void>(done => request(() => request(() => done())))
  window.stopwatch = {
    take() {
      const taken = moves
      moves = []
      return taken
    },
    frame,
    async idle() {
      for (let before = -1; before !== asked; await frame()) {
        before = asked
        await frame()
      }
    },
  }
}
