import { type Container, Rectangle, Sprite, Texture } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Crop } from '../../shared/schema/prop.ts'
import { shownPart } from '../../shared/shapes/image.ts'
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
  /** The part that shows, before `flip`, as shares of the whole; null for all of it. */
  readonly crop: Crop | null
}

/** The picture of one shape, in a texture as fine as the view asks for, once it is there. */
export class PictureSprite implements PictureUser {
  #picture: Picture | undefined
  #sprite: Sprite | null = null
  /** A window into the texture, which belongs to the pictures. */
  #window: Texture | null = null
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
    const [, , w, h] = shownPart(picture)
    const level = levelFor(natural, [(size[0] / w) * density, (size[1] / h) * density])
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
    this.#window?.destroy()
    this.#window = null
    this.#isStale = false
    if (this.#picture) this.pictures.release(this, this.#picture.asset)
    this.#picture = undefined
  }

  #show(state: PictureState): void {
    if (!this.#picture || state.at !== 'here') return
    const { size, flip } = this.#picture
    const sprite = this.#sprite ?? this.parent.addChildAt(new Sprite(), 1)
    this.#sprite = sprite
    const texture = this.#windowOn(state.texture, this.#picture)
    sprite.texture = texture
    sprite.position.set(flip[0] ? size[0] : 0, flip[1] ? size[1] : 0)
    sprite.scale.set(
      (flip[0] ? -size[0] : size[0]) / texture.width,
      (flip[1] ? -size[1] : size[1]) / texture.height,
    )
  }

  #windowOn(whole: Texture, picture: Picture): Texture {
    this.#window?.destroy()
    this.#window = null
    if (picture.crop === null) return whole
    const [x, y, w, h] = shownPart(picture)
    const { width, height, source } = whole
    const frame = new Rectangle(x * width, y * height, w * width, h * height)
    this.#window = new Texture({ source, frame })
    return this.#window
  }
}
