import { existsSync, readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test'
import type { Shape } from '../../shared/shapes/index.ts'
import { type Drawing, hideWebGL, keepWebGL } from './drawing.ts'
import { Eyes } from './eyes.ts'
import { installRtcSwitch } from './rtc-switch.ts'
import type { Wire } from './wire.ts'

export interface PersonOptions {
  readonly name: string
  readonly wire: Wire
  /** False for a browser or network that cannot make peer connections. */
  readonly webrtc?: boolean
  readonly drawing?: Drawing
  readonly context?: Parameters<Browser['newContext']>[0]
  /** A folder, for a browser whose process is its own and may be killed: the next one finds there what it left. */
  readonly profile?: string
}

/** What follows `/b/` in a link: the board's id and a key. */
export type BoardName = `${string}#${string}`

export type { Clip } from './eyes.ts'

export const boardId = (name: BoardName): string => name.split('#')[0] as string

/** A person with a browser of their own, who shares nothing with the others but the board. */
export class Person extends Eyes {
  readonly context: BrowserContext
  readonly wire: Wire
  /** What the page logged as an error; a test may look. */
  readonly errors: string[] = []

  private constructor(name: string, wire: Wire, context: BrowserContext, page: Page) {
    super(name, page)
    this.wire = wire
    this.context = context
    // An exception of the DOM has no stack.
    page.on('pageerror', error => this.errors.push(error.stack || String(error)))
  }

  static async arrive(browser: Browser, options: PersonOptions): Promise<Person> {
    const settings = {
      // Every pixel is drawn by the CPU here.
      viewport: { width: 1000, height: 700 },
      serviceWorkers: 'allow',
      ...options.context,
    } as const
    const context =
      options.profile === undefined
        ? await browser.newContext(settings)
        : await browser.browserType().launchPersistentContext(options.profile, settings)
    await context.addInitScript(installRtcSwitch, options.webrtc === false)
    await context.addInitScript(options.drawing === 'canvas' ? hideWebGL : keepWebGL)
    const page = context.pages()[0] ?? (await context.newPage())
    return new Person(options.name, options.wire, context, page)
  }

  /** A second tab of the same browser, on the same board. */
  async openTab(): Promise<Person> {
    const tab = new Person(
      `${this.name} in another tab`,
      this.wire,
      this.context,
      await this.context.newPage(),
    )
    await tab.page.goto(this.page.url())
    await tab.isOnBoard()
    return tab
  }

  /** Makes a board, as the app's icon does; returns the end of its link: id and editors' key. */
  async makeBoard(): Promise<BoardName> {
    await this.page.goto(`${this.wire.url}/?new`)
    // Where nothing is kept on the device, the address goes on holding the key.
    await this.page.waitForURL(/\/b\/[\w-]{22}(#|$)/)
    await this.isOnBoard()
    return await this.boardName()
  }

  /** The end of the link that the share dialog gives for most: the address holds no key. */
  async boardName(): Promise<BoardName> {
    const link = await this.page.waitForFunction(() => {
      const sharing = document.querySelector('drift-board')?.sharing
      const url = sharing?.by === 'links' ? sharing.links[0]?.url : sharing?.url
      // The key is known once the list of boards is loaded.
      return url?.includes('#') ? url : null
    })
    return String(await link.jsonValue()).split('/b/')[1] as BoardName
  }

  async openBoard(name: string): Promise<void> {
    // Another link to the board that is open makes no new document: what is waited for is the page that comes, not this one.
    await this.page.evaluate(() => {
      if (window.driftboard) window.driftboard.isReady = false
    })
    await this.page.goto(`${this.wire.url}/b/${name}`)
    await this.isOnBoard()
  }

  /** The link that the share dialog gives for what others may do. */
  async linkTo(what: 'Edit' | 'Comment' | 'View'): Promise<BoardName> {
    const dialog = await this.openShare()
    await dialog.getByRole('radio', { name: what }).click()
    const link = dialog.getByRole('textbox', { name: 'Link' })
    await expect(link).toHaveValue({ Edit: /#e\./, Comment: /#c\./, View: /#v\./ }[what])
    const url = await link.inputValue()
    await this.closeShare()
    return url.split('/b/')[1] as BoardName
  }

  async openShare(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Share' }).click()
    await expect(this.#shareDialog).toBeVisible()
    // What it holds is slotted: not inside the dialog, as far as the document goes.
    return this.page.locator('drift-share')
  }

  async closeShare(): Promise<void> {
    await this.press('Escape')
    await expect(this.#shareDialog).toBeHidden()
  }

  get #shareDialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Share this board' })
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await this.isOnBoard()
  }

  /** Waits until the board is loaded and a frame of it is on the screen. */
  async isOnBoard(): Promise<void> {
    await this.page.waitForFunction(() => window.driftboard?.isReady === true)
    await this.page.evaluate(() => new Promise(requestAnimationFrame))
  }

  /** Gives the person the name that others see. */
  async isNamed(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /here$/ }).click()
    await expect(this.page.locator('drift-people wa-popover')).toHaveAttribute('open')
    const field = this.page.getByRole('textbox', { name: 'Your name' })
    await field.fill(name)
    await field.press('Enter')
    await this.page.keyboard.press('Escape')
    await expect(field).toBeHidden()
  }

  /** Waits until the app itself is on the device, so that it loads without a network. */
  async worksOffline(): Promise<void> {
    const isKept = () => this.page.evaluate(() => navigator.serviceWorker.controller !== null)
    const message = "the app is kept on the device, in a test that says test.use({ serviceWorkers: 'allow' })"
    await expect.poll(isKept, { message }).toBe(true)
  }

  /** Pulls the network: the relay and every peer connection are gone at once. Menus, which a board loads last, are there by then. */
  async unplug(): Promise<void> {
    await this.page.waitForFunction(
      () => !window.driftboard || customElements.get('wa-dropdown') !== undefined,
    )
    this.wire.cut()
    await this.page.evaluate(() => window.rtcSwitch.block())
  }

  async plugIn(): Promise<void> {
    this.wire.mend()
    await this.page.evaluate(() => window.rtcSwitch.allow())
  }

  /** The process of the page dies, as it does when memory runs out. */
  async crash(): Promise<void> {
    const cdp = await this.context.newCDPSession(this.page)
    const crashed = this.page.waitForEvent('crash')
    // Never answered: who should answer is dead.
    void cdp.send('Page.crash').catch(() => undefined)
    await crashed
  }

  /** The process of a browser that has a profile dies, as by the kernel: nothing in it is asked or told. */
  async kill(): Promise<void> {
    const cdp = await this.context.browser()?.newBrowserCDPSession()
    const { processInfo = [] } = (await cdp?.send('SystemInfo.getProcessInfo')) ?? {}
    const main = processInfo.find(({ type }) => type === 'browser')
    if (!main) throw new Error('The browser does not tell the id of its process.')
    const closed = this.context.waitForEvent('close')
    process.kill(main.id, 'SIGKILL')
    await closed
    // Its helpers notice a little later, and until then one holds the lock of the databases.
    await expect.poll(() => processInfo.filter(({ id }) => isRunning(id)).length).toBe(0)
  }

  async leave(): Promise<void> {
    await this.context.close()
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync(`/proc/${pid}/stat`) || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Waits until all see the same board, and returns it. */
export async function agree(...people: readonly [Person, ...Person[]]): Promise<readonly Shape[]> {
  const [first, ...rest] = people
  await expect(async () => {
    // Texts are quickly fetched and compared; where they differ, the shapes say in what.
    const [text, ...texts] = await Promise.all(people.map(person => person.shapesAsText()))
    if (texts.every(other => other === text)) return
    const seen = await first.shapes()
    for (const person of rest)
      expect(await person.shapes(), `${person.name} sees what ${first.name} sees`).toEqual(seen)
  }).toPass({ timeout: 30_000 })
  return await first.shapes()
}
