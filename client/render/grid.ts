import { CanvasSource, Texture, TilingSprite } from 'pixi.js'
import type { Camera } from '../editor/types.ts'
import type { Theme } from './colour.ts'
import { type GridSpacing, gridSpacing } from './grid-spacing.ts'
import { PALETTES } from './palette.ts'

/** CSS pixels. */
const DOT_RADIUS = 1

/** The dots behind everything: one tile of two by two dots, repeated by the GPU. */
export class Grid {
  readonly root = new TilingSprite({ texture: Texture.EMPTY, width: 1, height: 1 })
  #drawnFor = ''

  update(
    camera: Camera,
    viewport: { readonly w: number; readonly h: number },
    dpr: number,
    theme: Theme,
  ): void {
    const spacing = gridSpacing(camera.zoom)
    this.#draw(spacing, dpr, theme)
    this.root.width = viewport.w
    this.root.height = viewport.h
    const tile = 2 * spacing.step
    this.root.tileScale.set(tile / this.root.texture.width)
    const world = 2 * spacing.unit
    // The dot lies in the middle of its quarter of the tile, and belongs on a whole unit of the world.
    const at = (from: number) => {
      const inTile = ((from % world) + world) % world
      return Math.round((-inTile * camera.zoom - spacing.step / 2) * dpr) / dpr
    }
    this.root.tilePosition.set(at(camera.x), at(camera.y))
  }

  destroy(): void {
    this.#free()
    this.root.destroy()
  }

  #draw(spacing: GridSpacing, dpr: number, theme: Theme): void {
    const size = Math.max(2, Math.round(2 * spacing.step * dpr))
    const key = `${size} ${spacing.fineness.toFixed(2)} ${dpr} ${theme}`
    if (key === this.#drawnFor) return
    this.#drawnFor = key
    this.#free()
    const source = new CanvasSource({
      resource: tileCanvas(size, spacing.fineness, dpr, PALETTES[theme].dot),
      resolution: 1,
      scaleMode: 'linear',
      addressMode: 'repeat',
    })
    this.root.texture = new Texture({ source })
  }

  #free(): void {
    const { texture } = this.root
    this.root.texture = Texture.EMPTY
    if (texture !== Texture.EMPTY) texture.destroy(true)
  }
}

function tileCanvas(size: number, fineness: number, dpr: number, colour: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no 2D canvas, so that the grid cannot be drawn.')
  context.fillStyle = colour
  for (const [x, y] of [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ] as const) {
    context.globalAlpha = x === 0.25 && y === 0.25 ? 1 : fineness
    context.beginPath()
    context.arc(x * size, y * size, DOT_RADIUS * dpr, 0, 2 * Math.PI)
    context.fill()
  }
  return canvas
}
