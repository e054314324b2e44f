import { CanvasSource, Container, Sprite, Texture } from 'pixi.js'
import { type Box, boxesMeet, boxTurned, centreOf, grow } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout } from '../../shared/geometry/vec.ts'
import { boxOf } from '../../shared/shapes/boxed.ts'
import { FRAME_TITLE, type Frame, frameTitle, frameTitleBox } from '../../shared/shapes/frame.ts'
import type { Camera } from '../editor/types.ts'
import type { Theme } from './colour.ts'
import { canvasFont } from './font-css.ts'

const COLOURS: Readonly<Record<Theme, string>> = { light: '#5c6164', dark: '#a9b0b7' }

/** CSS pixels. A title that has to be shortened is drawn anew in steps of this width, not for each frame of a zoom. */
const STEP = 8

/** All that a frame covers, however it is turned. */
const shapeSpan = (frame: Frame): Box => boxTurned(boxOf(frame), frame.rot)

interface Title {
  readonly sprite: Sprite
  /** What the texture shows. */
  readonly key: string
}

export interface TitleScene {
  /** As they are shown. */
  readonly frames: readonly Frame[]
  readonly camera: Camera
  /** CSS pixels. */
  readonly viewport: { readonly w: number; readonly h: number }
  readonly dpr: number
  readonly theme: Theme
  /** Whose name is being typed elsewhere. */
  readonly editing: string | null
}

/** The names above the frames, in screen space. */
export class FrameTitles {
  readonly root = new Container()
  readonly #titles = new Map<string, Title>()

  constructor(private readonly lineWidth: LineWidth) {}

  update(scene: TitleScene): void {
    const shown = new Set<string>()
    for (const frame of scene.frames) {
      if (frame.id === scene.editing) continue
      if (this.#place(frame, scene)) shown.add(frame.id)
    }
    for (const [id, title] of this.#titles) if (!shown.has(id)) this.#remove(id, title)
  }

  /** Draws the names anew: the font is ready, or the GPU context is another. */
  clear(): void {
    for (const [id, title] of this.#titles) this.#remove(id, title)
  }

  destroy(): void {
    this.clear()
    this.root.destroy({ children: true })
  }

  /** Returns false for a title that is out of view, and for a frame that is too small to have one. */
  #place(frame: Frame, { camera, viewport, dpr, theme }: TitleScene): boolean {
    const box = frameTitleBox(frame, camera.zoom, this.lineWidth)
    const view = { x: camera.x, y: camera.y, w: viewport.w / camera.zoom, h: viewport.h / camera.zoom }
    if (!box || !boxesMeet(grow(shapeSpan(frame), box.h), view)) return false
    const room = Math.ceil((box.w * camera.zoom) / STEP) * STEP
    const key = `${dpr} ${theme} ${room} ${frameTitle(frame)}`
    const known = this.#titles.get(frame.id)
    if (known && known.key !== key) this.#remove(frame.id, known)
    const { sprite } = this.#titles.get(frame.id) ?? this.#add(frame, room, key, dpr, theme)
    const [x, y] = rotateAbout([box.x, box.y], centreOf(boxOf(frame)), frame.rot)
    sprite.position.set((x - camera.x) * camera.zoom, (y - camera.y) * camera.zoom)
    sprite.rotation = frame.rot
    sprite.alpha = frame.opacity
    return true
  }

  #add(frame: Frame, room: number, key: string, dpr: number, theme: Theme): Title {
    const title = { sprite: new Sprite(titleTexture(frameTitle(frame), room, dpr, COLOURS[theme])), key }
    this.#titles.set(frame.id, title)
    this.root.addChild(title.sprite)
    return title
  }

  #remove(id: string, { sprite }: Title): void {
    this.#titles.delete(id)
    const { texture } = sprite
    sprite.destroy()
    texture.destroy(true)
  }
}

/** A name in one line, shortened to `room` CSS pixels. The caller destroys it, its source included. */
function titleTexture(name: string, room: number, dpr: number, colour: string): Texture {
  const { font, fontSize, height, padding } = FRAME_TITLE
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.ceil(room * dpr))
  canvas.height = Math.ceil(height * dpr)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no 2D canvas, so that names cannot be drawn.')
  context.scale(dpr, dpr)
  context.font = canvasFont(font, fontSize)
  context.textBaseline = 'middle'
  context.fillStyle = colour
  const text = shortened(name, room - padding, part => context.measureText(part).width)
  context.fillText(text, padding, height / 2 + 0.5)
  return new Texture({ source: new CanvasSource({ resource: canvas, resolution: dpr, scaleMode: 'linear' }) })
}

function shortened(name: string, room: number, widthOf: (part: string) => number): string {
  if (widthOf(name) <= room) return name
  const characters = [...name]
  while (characters.length > 0 && widthOf(`${characters.join('')}…`) > room) characters.pop()
  return characters.length === 0 ? '' : `${characters.join('').trimEnd()}…`
}
