import { type Container, Sprite } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'
import { levelFor } from './picture-level.ts'
import type { PictureState, Pictures, PictureUser } from './pictures.ts'

/** A picture that fills the box of its shape. */
export interface Picture {
  /** The hash of its bytes. */
  readonly asset: string
  /** World units. */
  readonly size: Vec
  /** Pixels of the whole picture. */
  readonly natural: Vec
  readonly flip: readonly [x: boolean, y: boolean]
}

/** The picture of one shape, in a texture as fine as the view asks for, once it is there. */
export class PictureSprite implements PictureUser {
  #picture: Picture | undefined
  #sprite: Sprite | null = null
  #isStale = false

  constructor(
    private readonly parent: Container,
    private readonly pictures: Pictures,
  ) {}

  /** Whether it came, or turned out to be missing, since it was drawn. */
  get isStale(): boolean {
    return this.#isStale
  }

  /** The hash of what is shown; undefined for nothing. */
  get asset(): string | undefined {
    return this.#picture?.asset
  }

  /** Shows `picture` at `density`, device pixels per world unit. Returns where it is. */
  draw(picture: Picture, density: number): PictureState['at'] {
    if (this.#picture && this.#picture.asset !== picture.asset) this.clear()
    this.#picture = picture
    this.#isStale = false
    const { asset, natural, size } = picture
    const level = levelFor(natural, [size[0] * density, size[1] * density])
    const state = this.pictures.hold(this, asset, natural, level)
    this.#show(state)
    return state.at
  }

  pictureChanged(state: PictureState): void {
    // What stands for it is drawn by the shape.
    if (this.#sprite === null || state.at !== 'here') this.#isStale = true
    else this.#show(state)
  }

  clear(): void {
    this.#sprite?.destroy()
    this.#sprite = null
    this.#isStale = false
    if (this.#picture) this.pictures.release(this, this.#picture.asset)
    this.#picture = undefined
  }

  #show(state: PictureState): void {
    if (!this.#picture || state.at !== 'here') return
    const { size, flip } = this.#picture
    const sprite = this.#sprite ?? this.parent.addChildAt(new Sprite(), 1)
    this.#sprite = sprite
    sprite.texture = state.texture
    sprite.position.set(flip[0] ? size[0] : 0, flip[1] ? size[1] : 0)
    sprite.scale.set(
      (flip[0] ? -size[0] : size[0]) / state.texture.width,
      (flip[1] ? -size[1] : size[1]) / state.texture.height,
    )
  }
}
