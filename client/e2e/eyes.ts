import { expect, type Page } from '@playwright/test'
import type { Shape } from '../../shared/shapes/index.ts'
import type { OpenBoard } from '../board-page.ts'
import type { Camera } from '../editor/types.ts'
import { Hands } from './hands.ts'

/** A part of the screen, CSS pixels. */
export interface Clip {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The canvas without the panels above it. */
export const CANVAS: Clip = { x: 260, y: 90, width: 700, height: 540 }

/** What a person is shown: the board as the page holds it, where it is kept, and the pixels. */
export class Eyes extends Hands {
  /** Whose, for the message of a failure. */
  readonly name: string

  constructor(name: string, page: Page) {
    super(page)
    this.name = name
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

  /** The same, for comparing large boards. */
  async shapesAsText(): Promise<string> {
    return await this.page.evaluate(() => JSON.stringify(window.driftboard?.editor.board.ordered ?? []))
  }

  async seesShapes(count: number): Promise<void> {
    const seen = () => this.page.evaluate(() => window.driftboard?.editor.board.ordered.length ?? 0)
    await expect.poll(seen, { message: `${this.name} sees` }).toBe(count)
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

  /** The names of the others on the board. */
  async othersHere(): Promise<readonly string[]> {
    return await this.page.evaluate(() =>
      [...(window.driftboard?.editor.state.peers.values() ?? [])].map(peer => peer.name),
    )
  }

  /** How many points this person sees of each stroke that another is drawing right now. */
  async growingStrokes(): Promise<readonly number[]> {
    return await this.page.evaluate(() =>
      [...(window.driftboard?.editor.state.peers.values() ?? [])].flatMap(({ preview }) =>
        preview?.kind === 'ink' ? [preview.stroke.ink.points.length] : [],
      ),
    )
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
    return await this.page.screenshot({ clip: CANVAS })
  }
}
