import type { Container } from 'pixi.js'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { TextBlock } from './text-block.ts'
import { TextLabel, type TextSetting } from './text-label.ts'

/** All the text of one shape: its letters, and words beside them. */
export class TextLabels {
  readonly #labels: TextLabel[] = []

  constructor(
    private readonly parent: Container,
    private readonly lineWidth: LineWidth,
  ) {}

  /** See `TextLabel`. */
  get followsView(): boolean {
    return this.#labels.some(label => label.followsView)
  }

  isStale(setting: TextSetting): boolean {
    return this.#labels.some(label => label.isStale(setting))
  }

  /** Draws each block in the place of the one that was at its index before. */
  draw(blocks: readonly (TextBlock | undefined)[], setting: TextSetting): void {
    for (const label of this.#labels.splice(blocks.length)) label.clear()
    for (const [i, block] of blocks.entries()) {
      const label = this.#labels[i] ?? new TextLabel(this.parent, this.lineWidth)
      this.#labels[i] = label
      label.draw(block, setting)
    }
  }

  clear(): void {
    for (const label of this.#labels) label.clear()
  }
}
