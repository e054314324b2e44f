import type { FileChooser, Locator, Page } from '@playwright/test'
import type { Vec } from '../../shared/geometry/vec.ts'

/** What a person does on a page with mouse, keys and files. */
export class Hands {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
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

  /** Picks a stroke colour for what is selected. */
  async pickStroke(colour: string): Promise<void> {
    await this.pickStyle('Stroke', colour)
  }

  /** Picks one of the style panel's choices, for what is selected or for the next shape. */
  async pickStyle(group: string, choice: string): Promise<void> {
    const choices = this.page.getByRole('radiogroup', { name: group, exact: true })
    await choices.getByRole('radio', { name: choice, exact: true }).click()
  }

  /** Opens a file from the menu's file chooser. */
  async openFile(name: string, content: string | Buffer): Promise<void> {
    await this.page
      .locator('drift-board input[type=file]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
  }

  /** Chooses `files` in the browser's chooser, which `open` opens. */
  async chooseFiles(open: () => Promise<void>, files: Parameters<FileChooser['setFiles']>[0]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    // A key reaches the page by another way than the wish to be told of choosers, and can be faster; an answer follows both.
    await this.page.evaluate(() => null)
    await open()
    await (await chooser).setFiles(files)
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
}
