import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Shape } from '../../shared/shapes/index.ts'
import type { OpenBoard } from '../board-page.ts'
import type { Camera } from '../editor/types.ts'
import { installRtcSwitch } from './rtc-switch.ts'
import type { Wire } from './wire.ts'

export interface PersonOptions {
  readonly name: string
  readonly wire: Wire
  /** False for a browser or network that cannot make peer connections. */
  readonly webrtc?: boolean
  readonly context?: Parameters<Browser['newContext']>[0]
  /** A folder, for a browser whose process is its own and may be killed: the next one finds there what it left. */
  readonly profile?: string
}

/** What follows `/b/` in a link: the board's id and a key. */
export type BoardName = `${string}#${string}`

export const boardId = (name: BoardName): string => name.split('#')[0] as string

/** A part of the screen, CSS pixels. */
export interface Clip {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A person with a browser of their own, who shares nothing with the others but the board. */
export class Person {
  readonly name: string
  readonly page: Page
  readonly context: BrowserContext
  readonly wire: Wire
  /** What the page logged as an error; a test may look. */
  readonly errors: string[] = []

  private constructor(name: string, wire: Wire, context: BrowserContext, page: Page) {
    this.name = name
    this.wire = wire
    this.context = context
    this.page = page
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
    await tab.#ready()
    return tab
  }

  /** Makes a board from the home page; returns the end of its link: id and editors' key. */
  async makeBoard(): Promise<BoardName> {
    await this.page.goto(this.wire.url)
    await this.page.getByRole('button', { name: 'New board' }).first().click()
    // Where nothing is kept on the device, the address goes on holding the key.
    await this.page.waitForURL(/\/b\/[\w-]{22}(#|$)/)
    await this.#ready()
    return await this.boardName()
  }

  /** The end of the link that the share dialog gives for most: the address holds no key. */
  async boardName(): Promise<BoardName> {
    const link = await this.page.waitForFunction(() => {
      const sharing = document.querySelector('drift-board')?.sharing
      return sharing?.by === 'links' ? sharing.links[0]?.url : sharing?.url
    })
    return String(await link.jsonValue()).split('/b/')[1] as BoardName
  }

  async openBoard(name: string): Promise<void> {
    await this.page.goto(`${this.wire.url}/b/${name}`)
    await this.#ready()
  }

  /** The link that the share dialog gives for what others may do. */
  async linkTo(what: 'Edit' | 'Comment' | 'View'): Promise<BoardName> {
    const dialog = await this.openShare()
    await dialog.getByRole('radio', { name: what }).click()
    const url = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
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
    await this.#ready()
  }

  async #ready(): Promise<void> {
    await this.page.waitForFunction(() => window.driftboard?.isReady === true)
  }

  /** Drags with the tool of a shortcut key; positions in CSS pixels of the page. */
  async draw(key: string, path: readonly Vec[], steps = 4): Promise<void> {
    await this.page.keyboard.press(key)
    await this.drag(path, steps)
  }

  async drag(path: readonly Vec[], steps = 4): Promise<void> {
    const [start, ...rest] = path as readonly [Vec, ...Vec[]]
    await this.page.mouse.move(...start)
    await this.page.mouse.down()
    for (const point of rest) await this.page.mouse.move(...point, { steps })
    await this.page.mouse.up()
  }

  async click(at: Vec): Promise<void> {
    await this.page.mouse.click(...at)
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys)
  }

  /** Does something with a key held down. */
  async holding(key: string, act: () => Promise<void>): Promise<void> {
    await this.page.keyboard.down(key)
    await act()
    await this.page.keyboard.up(key)
  }

  /** The button of a tool. */
  tool(name: string): Locator {
    return this.page.getByRole('radiogroup', { name: 'Tools' }).getByRole('radio', { name, exact: true })
  }

  /** The ids of the shapes that this person has selected. */
  async selection(): Promise<readonly string[]> {
    return await this.page.evaluate(() => [...(window.driftboard?.editor.state.selection ?? [])])
  }

  async camera(): Promise<Camera> {
    return await this.page.evaluate(() => (window.driftboard as OpenBoard).editor.state.camera)
  }

  /** The shapes on this person's board, bottom first. */
  async shapes(): Promise<readonly Shape[]> {
    return await this.page.evaluate(() => [...(window.driftboard?.editor.board.ordered ?? [])])
  }

  async seesShapes(count: number): Promise<void> {
    await expect.poll(async () => (await this.shapes()).length, { message: `${this.name} sees` }).toBe(count)
  }

  /** Where this person's work is by now, as the status area has it. */
  async status() {
    return await this.page.evaluate(() => window.driftboard?.status())
  }

  async isSavedHere(): Promise<void> {
    await expect
      .poll(async () => (await this.status())?.device, { message: `${this.name}'s device` })
      .toBe('saved')
  }

  async isSavedOnRelay(): Promise<void> {
    await expect
      .poll(async () => (await this.status())?.relay, { message: `${this.name}'s relay` })
      .toBe('saved')
  }

  async hasPeers(count: number): Promise<void> {
    await expect
      .poll(async () => (await this.status())?.peers, { message: `${this.name}'s peers` })
      .toBe(count)
  }

  /** Gives the person the name that others see. */
  async isNamed(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /here$/ }).click()
    const field = this.page.getByRole('textbox', { name: 'Your name' })
    await field.fill(name)
    await field.press('Enter')
    await this.page.keyboard.press('Escape')
  }

  /** The names of the others on the board. */
  async othersHere(): Promise<readonly string[]> {
    return await this.page.evaluate(() =>
      [...(window.driftboard?.editor.state.peers.values() ?? [])].map(peer => peer.name),
    )
  }

  /** Opens a file from the menu's file chooser. */
  async openFile(name: string, content: string | Buffer): Promise<void> {
    await this.page
      .locator('drift-board input[type=file]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
  }

  /** Drops a file on the board, as from the desktop. */
  async dropFile(name: string, content: string, at: Vec): Promise<void> {
    const data = await this.page.evaluateHandle(
      ([fileName, text]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([text], fileName))
        return transfer
      },
      [name, content] as const,
    )
    const place = { clientX: at[0], clientY: at[1], dataTransfer: data }
    const canvas = this.page.getByRole('application', { name: 'Canvas' })
    await canvas.dispatchEvent('dragover', place)
    await canvas.dispatchEvent('drop', place)
  }

  /** How many points this person sees of each stroke that another is drawing right now. */
  async growingStrokes(): Promise<readonly number[]> {
    return await this.page.evaluate(() =>
      [...(window.driftboard?.editor.state.peers.values() ?? [])].flatMap(({ preview }) =>
        preview?.kind === 'ink' ? [preview.stroke.ink.points.length] : [],
      ),
    )
  }

  /** Picks a stroke colour for what is selected. */
  async pickStroke(colour: string): Promise<void> {
    await this.pickStyle('Stroke', colour)
  }

  /** Picks one of the style panel's choices, for what is selected or for the next shape. */
  async pickStyle(group: string, choice: string): Promise<void> {
    const choices = this.page.getByRole('radiogroup', { name: group, exact: true })
    await choices.getByRole('radio', { name: choice, exact: true }).click()
  }

  /** Waits until a part of the screen looks otherwise than before. */
  async seesChange(clip: Clip, before: Buffer): Promise<void> {
    await expect
      .poll(async () => (await this.page.screenshot({ clip })).equals(before), {
        message: `${this.name} sees the old picture`,
      })
      .toBe(false)
  }

  /** Waits until a part of the screen looks the same twice: what glides or fades has come to rest. */
  async seesStill(clip: Clip): Promise<void> {
    await expect(async () => {
      const picture = await this.page.screenshot({ clip })
      expect((await this.page.screenshot({ clip })).equals(picture)).toBe(true)
    }).toPass()
  }

  /** Waits until a part of the screen looks as it did. */
  async seesAgain(clip: Clip, picture: Buffer): Promise<void> {
    await expect
      .poll(async () => (await this.page.screenshot({ clip })).equals(picture), {
        message: `${this.name} sees the picture again`,
      })
      .toBe(true)
  }

  /** The pixels of the canvas, without the panels above it. */
  async canvasPicture(): Promise<Buffer> {
    return await this.page.screenshot({ clip: { x: 260, y: 90, width: 700, height: 540 } })
  }

  /** Waits until the app itself is on the device, so that it loads without a network. */
  async worksOffline(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready)
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  }

  /** Pulls the network: the relay and every peer connection are gone at once. */
  async unplug(): Promise<void> {
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
    const processes = await cdp?.send('SystemInfo.getProcessInfo')
    const main = processes?.processInfo.find(({ type }) => type === 'browser')
    if (!main) throw new Error('The browser does not tell the id of its process.')
    const closed = this.context.waitForEvent('close')
    process.kill(main.id, 'SIGKILL')
    await closed
  }

  async leave(): Promise<void> {
    await this.context.close()
  }
}

/** Waits until all see the same board, and returns it. */
export async function agree(...people: readonly [Person, ...Person[]]): Promise<readonly Shape[]> {
  const [first, ...rest] = people
  await expect(async () => {
    const seen = await first.shapes()
    for (const person of rest)
      expect(await person.shapes(), `${person.name} sees what ${first.name} sees`).toEqual(seen)
  }).toPass({ timeout: 15_000 })
  return await first.shapes()
}
