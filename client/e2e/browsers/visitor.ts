import { expect } from 'vitest'
import type { Vec } from '../../../shared/geometry/vec.ts'
import type { Shape } from '../../../shared/shapes/index.ts'
import type { SyncStatus } from '../../app/index.ts'
import type { Wire } from '../wire.ts'
import type { Tab } from './tab.ts'

/** ms. As Playwright's tests have it, and how often it is looked. */
const PATIENCE = { timeout: 30_000, interval: 100 }

/** A person at a tab, with a network cable of their own. */
export class Visitor {
  readonly tab: Tab
  readonly #wire: Wire

  constructor(tab: Tab, wire: Wire) {
    this.tab = tab
    this.#wire = wire
  }

  async makeBoard(): Promise<void> {
    await this.tab.goto(this.#wire.url)
    await this.click('New board')
    await this.isReady()
  }

  /** @param name The end of its link. */
  async openBoard(name: string): Promise<void> {
    await this.tab.goto(`${this.#wire.url}/b/${name}`)
    await this.isReady()
  }

  async isReady(): Promise<void> {
    await expect.poll(() => this.tab.run(() => window.driftboard?.isReady === true), PATIENCE).toBe(true)
  }

  /** The end of the link that makes others editors. */
  async boardName(): Promise<string> {
    const link = () =>
      this.tab.run(() => {
        const sharing = document.querySelector('drift-board')?.sharing
        return (sharing?.by === 'links' ? sharing.links[0]?.url : sharing?.url) ?? ''
      })
    await expect.poll(link, PATIENCE).not.toBe('')
    return (await link()).split('/b/')[1] as string
  }

  async draw(key: string, [from, ...rest]: readonly [Vec, ...Vec[]]): Promise<void> {
    await this.tab.press(key)
    await this.tab.move(from)
    await this.tab.down()
    for (const point of rest) await this.tab.move(point)
    await this.tab.up()
  }

  /** Clicks what people know by this name, by script: menus glide in, and a slow machine would miss them. */
  async click(name: string): Promise<void> {
    await this.#finds(name, 'click')
  }

  async sees(name: string): Promise<void> {
    await this.#finds(name, 'see')
  }

  async seesNoMore(name: string): Promise<void> {
    await expect
      .poll(() => this.tab.run(actOn, name, 'see'), { ...PATIENCE, message: `“${name}” is gone` })
      .toBe(false)
  }

  async fill(name: string, text: string): Promise<void> {
    await this.#finds(name, 'focus')
    await this.tab.type(text)
  }

  async #finds(name: string, act: 'see' | 'click' | 'focus'): Promise<void> {
    await expect
      .poll(() => this.tab.run(actOn, name, act), { ...PATIENCE, message: `“${name}” is on the page` })
      .toBe(true)
  }

  async shapes(): Promise<readonly Shape[]> {
    return await this.tab.run(() => [...(window.driftboard?.editor.board.ordered ?? [])])
  }

  async seesShapes(count: number): Promise<void> {
    await expect
      .poll(() => this.tab.run(() => window.driftboard?.editor.board.shapes.size), PATIENCE)
      .toBe(count)
  }

  async hasStatus(status: Partial<SyncStatus>): Promise<void> {
    await expect.poll(() => this.tab.run(() => window.driftboard?.status()), PATIENCE).toMatchObject(status)
  }

  /** Waits until the status area says this in its one line. */
  async isTold(line: string): Promise<void> {
    const read = () => {
      const board = document.querySelector('drift-board')?.shadowRoot
      const status = board?.querySelector('drift-status')?.shadowRoot?.querySelector('[role=status]')
      return status?.textContent?.trim() ?? ''
    }
    await expect.poll(() => this.tab.run(read), PATIENCE).toBe(line)
  }

  /** Waits until the app itself is on the device. */
  async worksOffline(): Promise<void> {
    await expect
      .poll(() => this.tab.run(() => navigator.serviceWorker.controller !== null), PATIENCE)
      .toBe(true)
  }

  /** Pulls the network: the relay and every peer connection are gone at once. */
  async unplug(): Promise<void> {
    this.#wire.cut()
    await this.tab.run(() => window.rtcSwitch.block())
  }

  async plugIn(): Promise<void> {
    this.#wire.mend()
    await this.tab.run(() => window.rtcSwitch.allow())
  }
}

/**
 * Runs in the page: finds what has this name and can be seen, whatever shadow root it is in. False where there is none, and for
 * a field while a dialog glides in: it takes the keyboard in its first frame, from whoever was faster.
 */
function actOn(name: string, act: 'see' | 'click' | 'focus'): boolean {
  const nameOf = (element: Element): string => {
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
    return (element.getAttribute('aria-label') ?? label ?? element.textContent ?? '').trim()
  }
  const all = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].flatMap(element => [
      element,
      ...(element.shadowRoot ? all(element.shadowRoot) : []),
    ])
  const elements = all(document)
  if (act === 'focus' && elements.some(element => element.matches('dialog.show'))) return false
  const found = elements.find(
    element =>
      element.matches('button, input, h1, wa-dropdown-item') &&
      nameOf(element) === name &&
      element.checkVisibility() &&
      element.getBoundingClientRect().height > 0,
  )
  if (!(found instanceof HTMLElement)) return false
  if (act !== 'see') found[act]()
  return true
}
