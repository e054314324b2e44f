import { getStroke } from 'perfect-freehand'
import { Graphics } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Camera, EditorState, Preview } from '../editor/types.ts'
import { LaserTrail, type TrailPoint } from './laser-trail.ts'

/** CSS pixels. */
const WIDTH = 7
const CORE = 2.5
/** One's own; others' trails have their own colours. */
const MINE = '#f03e3e'

interface Trail {
  readonly trail: LaserTrail
  readonly colour: string
}

/** The fading trails of laser pointers, in screen space. */
export class Lasers {
  readonly root = new Graphics()
  /** By person and trail. */
  readonly #trails = new Map<string, Trail>()

  /** Returns whether a trail is still fading. */
  update({ preview, peers, camera }: EditorState, now: number): boolean {
    const held = new Map<string, Vec>()
    this.#follow('me', preview, MINE, now, held)
    for (const { clientId, colour, preview: theirs } of peers.values()) {
      this.#follow(String(clientId), theirs, colour, now, held)
    }
    const g = this.root.clear()
    let isFading = false
    for (const [key, { trail, colour }] of this.#trails) {
      const points = trail.seen(now)
      if (points.length === 0 && !held.has(key)) this.#trails.delete(key)
      draw(g, points, camera, colour)
      const head = held.get(key)
      if (head) dot(g, onScreen(head, camera), colour)
      isFading ||= points.length > 0
    }
    return isFading
  }

  destroy(): void {
    this.root.destroy()
  }

  #follow(who: string, preview: Preview | null, colour: string, now: number, held: Map<string, Vec>): void {
    if (preview?.kind !== 'laser') return
    const { beam } = preview
    const key = `${who} ${beam.id}`
    const trail = this.#trails.get(key) ?? { trail: new LaserTrail(), colour }
    this.#trails.set(key, trail)
    trail.trail.follow(beam, now)
    const head = beam.points.at(-1)
    if (head) held.set(key, head)
  }
}

function draw(g: Graphics, points: readonly TrailPoint[], camera: Camera, colour: string): void {
  if (points.length < 2) return
  const input = points.map(({ at, life }) => [...onScreen(at, camera), life])
  for (const [size, color] of [
    [WIDTH, colour],
    [CORE, '#ffffff'],
  ] as const) {
    const outline = getStroke(input, {
      size,
      thinning: 1,
      simulatePressure: false,
      streamline: 0.3,
      last: true,
    })
    if (outline.length > 2) g.poly(outline.flat()).fill(color)
  }
}

function dot(g: Graphics, [x, y]: Vec, colour: string): void {
  g.circle(x, y, WIDTH / 2).fill(colour)
  g.circle(x, y, CORE / 2).fill('#ffffff')
}

const onScreen = ([x, y]: Vec, camera: Camera): Vec => [
  (x - camera.x) * camera.zoom,
  (y - camera.y) * camera.zoom,
]
