import { type Container, Graphics } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'

/** Cuts a shape off at the edge of its frame. Only a shape that reaches past it costs anything. */
export class FrameClip {
  #mask: Graphics | null = null
  #drawn = ''

  constructor(private readonly target: Container) {}

  /** `corners` in the space of the target; undefined for no clip. */
  update(corners: readonly Vec[] | undefined): void {
    if (!corners) return this.clear()
    const mask = this.#mask ?? this.#make()
    const key = corners.join()
    if (key === this.#drawn) return
    this.#drawn = key
    mask.clear().poly(corners.flat()).fill(0xffffff)
  }

  clear(): void {
    if (!this.#mask) return
    this.target.mask = null
    this.#mask.destroy()
    this.#mask = null
    this.#drawn = ''
  }

  #make(): Graphics {
    const mask = new Graphics()
    this.#mask = mask
    this.target.addChild(mask)
    this.target.mask = mask
    return mask
  }
}
