export interface Stopwatch {
  /** Of each move since the last call, which frame after the event drew it: 1 for the very next, 0 for none. */
  take(): readonly number[]
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

/** Runs in the page, before the app: watches which frame shows a pointer move. */
export function installStopwatch(): void {
  const request = window.requestAnimationFrame.bind(window)
  let shownBy: number[] = []
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
      callback(now)
      if (isPending) shownBy[shownBy.length - 1] = passed
      isPending = false
    })
  }
  window.addEventListener(
    'pointermove',
    () => {
      passed = 0
      isPending = true
      // Asked for before the app does, so that it runs before the app's own in the same frame.
      request(count)
      shownBy.push(0)
    },
    { capture: true },
  )
  const frame = () => new Promise<void>(done => request(() => request(() => done())))
  window.stopwatch = {
    take() {
      const taken = shownBy
      shownBy = []
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
