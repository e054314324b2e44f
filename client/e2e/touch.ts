import type { CDPSession, Page } from '@playwright/test'
import { devices } from '@playwright/test'
import type { Vec } from '../../shared/geometry/vec.ts'

/** A phone that is held upright. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  userAgent: devices['Pixel 7'].userAgent,
} as const

/** Real fingers on a page, as many as are put down. */
export class Fingers {
  readonly #cdp: CDPSession
  #down: readonly Vec[] = []

  private constructor(cdp: CDPSession) {
    this.#cdp = cdp
  }

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page))
  }

  /** Puts one more finger down. */
  async press(at: Vec): Promise<void> {
    this.#down = [...this.#down, at]
    await this.#send('touchStart')
  }

  /** Moves all fingers to where they are given, in `steps`. */
  async move(to: readonly Vec[], steps = 4): Promise<void> {
    const from = this.#down
    for (let step = 1; step <= steps; step++) {
      this.#down = from.map(([x, y], i) => {
        const [toX, toY] = to[i] ?? [x, y]
        return [x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps]
      })
      await this.#send('touchMove')
    }
  }

  /** Lifts the finger that was put down last. */
  async lift(): Promise<void> {
    this.#down = this.#down.slice(0, -1)
    await this.#send('touchEnd')
  }

  async drag(path: readonly [Vec, ...Vec[]]): Promise<void> {
    const [start, ...rest] = path
    await this.press(start)
    for (const point of rest) await this.move([point])
    await this.lift()
  }

  async #send(type: 'touchStart' | 'touchMove' | 'touchEnd'): Promise<void> {
    const touchPoints = this.#down.map(([x, y], id) => ({ x, y, id }))
    await this.#cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
}
