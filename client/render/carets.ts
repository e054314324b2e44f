import { Container, Graphics, Sprite } from 'pixi.js'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import type { Shape } from '../../shared/shapes/index.ts'
import type { Camera, Peer } from '../editor/types.ts'
import { caretIn } from './caret-place.ts'
import { nameTagTexture } from './cursor-texture.ts'
import { segment } from './segment.ts'

/** CSS pixels. */
const CARET_WIDTH = 2
const SELECTION_ALPHA = 0.25
/** CSS pixels under which a text cannot be read, nor a place in it told. */
const LEAST_HEIGHT = 4

interface Tag {
  readonly sprite: Sprite
  /** What the texture shows. */
  readonly key: string
}

/**
 * Where others type: the caret, the selection and a name, in screen space. They lie below the text that is being typed here, whose
 * letters stand just where the canvas has them, so that they show there too.
 */
export class Carets {
  readonly root = new Container()
  readonly #lines = new Graphics()
  readonly #tags = new Map<number, Tag>()

  constructor(private readonly lineWidth: LineWidth) {
    this.root.addChild(this.#lines)
  }

  update(
    peers: ReadonlyMap<number, Peer>,
    shapeOf: (id: string) => Shape | undefined,
    camera: Camera,
    dpr: number,
  ): void {
    const g = this.#lines.clear()
    const shown = new Set<number>()
    for (const peer of peers.values()) {
      const shape = peer.caret && shapeOf(peer.caret.shape)
      const top = shape && peer.caret ? this.#draw(g, shape, peer.caret, peer.colour, camera) : null
      if (!top) continue
      shown.add(peer.clientId)
      this.#placeTag(peer, top, dpr)
    }
    for (const [id, tag] of this.#tags) if (!shown.has(id)) this.#remove(id, tag)
  }

  /** Draws the names anew: the font is ready, or the GPU context is another. */
  clear(): void {
    for (const [id, tag] of this.#tags) this.#remove(id, tag)
  }

  destroy(): void {
    this.clear()
    this.root.destroy({ children: true })
  }

  /** Returns the top of the caret on screen; null for one that is too small to be seen. */
  #draw(
    g: Graphics,
    shape: Shape,
    range: NonNullable<Peer['caret']>,
    color: string,
    camera: Camera,
  ): Vec | null {
    const place = caretIn(shape, range, this.lineWidth)
    if (!place || place.height * camera.zoom < LEAST_HEIGHT) return null
    const { pos, rot } = shape
    const onScreen = (x: number, y: number): Vec => {
      const [wx, wy] = rotateAbout([pos[0] + x, pos[1] + y], [...place.centre], rot)
      return [(wx - camera.x) * camera.zoom, (wy - camera.y) * camera.zoom]
    }
    for (const { x, y, w, h } of place.selected) {
      g.poly([onScreen(x, y), onScreen(x + w, y), onScreen(x + w, y + h), onScreen(x, y + h)].flat())
      g.fill({ color, alpha: SELECTION_ALPHA })
    }
    const top = onScreen(place.x, place.y)
    segment(g, top, onScreen(place.x, place.y + place.height), CARET_WIDTH)
    g.fill(color)
    return top
  }

  #placeTag({ clientId, name, colour }: Peer, [x, y]: Vec, dpr: number): void {
    const key = `${dpr} ${colour} ${name}`
    const known = this.#tags.get(clientId)
    if (known && known.key !== key) this.#remove(clientId, known)
    const { sprite } = this.#tags.get(clientId) ?? this.#add(clientId, nameTagTexture(name, colour, dpr), key)
    sprite.position.set(x - CARET_WIDTH / 2, y - sprite.height)
  }

  #add(id: number, texture: ReturnType<typeof nameTagTexture>, key: string): Tag {
    const tag = { sprite: new Sprite(texture), key }
    this.#tags.set(id, tag)
    this.root.addChild(tag.sprite)
    return tag
  }

  #remove(id: number, { sprite }: Tag): void {
    this.#tags.delete(id)
    const { texture } = sprite
    sprite.destroy()
    texture.destroy(true)
  }
}
