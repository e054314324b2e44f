import { Container, Sprite } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Camera, Peer } from '../editor/types.ts'
import { CURSOR_TIP, cursorTexture } from './cursor-texture.ts'
import { Glide } from './glide.ts'

interface Cursor {
  readonly sprite: Sprite
  readonly glide: Glide
  /** What the texture shows. */
  readonly key: string
}

/** The cursors of the other people, in screen space. */
export class Cursors {
  readonly root = new Container()
  readonly #cursors = new Map<number, Cursor>()

  /** Returns whether a cursor is still on its way. */
  update(
    peers: ReadonlyMap<number, Peer>,
    camera: Camera,
    dpr: number,
    now: number,
    isStill: boolean,
  ): boolean {
    for (const [id, cursor] of this.#cursors) {
      const peer = peers.get(id)
      if (!peer?.cursor || keyOf(peer, dpr) !== cursor.key) this.#remove(id, cursor)
    }
    let isMoving = false
    for (const peer of peers.values()) {
      if (!peer.cursor) continue
      const { sprite, glide } = this.#cursors.get(peer.clientId) ?? this.#add(peer, peer.cursor, dpr)
      glide.aim(peer.cursor, now, isStill)
      const [x, y] = glide.at(now)
      sprite.position.set(
        (x - camera.x) * camera.zoom - CURSOR_TIP,
        (y - camera.y) * camera.zoom - CURSOR_TIP,
      )
      isMoving ||= glide.isMoving(now)
    }
    return isMoving
  }

  /** Draws all of them anew: the font is ready, or the GPU context is another. */
  clear(): void {
    for (const [id, cursor] of this.#cursors) this.#remove(id, cursor)
  }

  destroy(): void {
    this.clear()
    this.root.destroy({ children: true })
  }

  #add(peer: Peer, at: Vec, dpr: number): Cursor {
    const sprite = new Sprite(cursorTexture(peer.name, peer.colour, dpr))
    const cursor = { sprite, glide: new Glide(at), key: keyOf(peer, dpr) }
    this.#cursors.set(peer.clientId, cursor)
    this.root.addChild(sprite)
    return cursor
  }

  #remove(id: number, { sprite }: Cursor): void {
    this.#cursors.delete(id)
    const { texture } = sprite
    sprite.destroy()
    texture.destroy(true)
  }
}

const keyOf = ({ name, colour }: Peer, dpr: number): string => `${dpr} ${colour} ${name}`
