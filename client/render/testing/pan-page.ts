import { previewShapes } from '../../editor/preview.ts'
import { selectionFrame } from '../../editor/selection-frame.ts'
import { VIEWS } from '../../shapes/index.ts'
import { loadFonts } from '../fonts.ts'
import { NO_PICTURES } from '../pictures.ts'
import { createRenderer, type Renderer } from '../renderer.ts'
import { FakeView } from './fake-view.ts'
import { loops, sampleShapes } from './sample-shapes.ts'

/** ms of JavaScript of each frame. */
export type FrameTimes = readonly number[]

/** What the bench calls in the browser. */
export interface PanPage {
  /** Pans diagonally over a board of `count` shapes. */
  pan(count: number, zoom: number, frames: number): Promise<FrameTimes>
  /** Draws a stroke of `moves` pointer moves over a board of `count` shapes. */
  draw(count: number, moves: number): Promise<FrameTimes>
}

const nextFrame = () => new Promise(done => requestAnimationFrame(done))

async function settled(renderer: Renderer): Promise<void> {
  let frames = -1
  while (frames !== renderer.stats.frames) {
    frames = renderer.stats.frames
    await nextFrame()
    await nextFrame()
  }
}

async function withBoard(
  count: number,
  use: (view: FakeView, frame: () => Promise<number>) => Promise<FrameTimes>,
  zoom = 1,
): Promise<FrameTimes> {
  const view = new FakeView(sampleShapes(count), { w: innerWidth, h: innerHeight })
  view.set({ camera: { x: 0, y: 0, zoom } })
  const renderer = await createRenderer({
    host: document.body,
    view,
    views: VIEWS,
    theme: 'light',
    frame: () => selectionFrame(view),
    previewShapes,
    pictures: NO_PICTURES,
  })
  await settled(renderer)
  const times = await use(view, async () => {
    const { frames } = renderer.stats
    while (renderer.stats.frames === frames) await nextFrame()
    return renderer.stats.lastFrame
  })
  renderer.destroy()
  return times
}

const page: PanPage = {
  pan: (count, zoom, frames) =>
    withBoard(
      count,
      async (view, frame) => {
        const times: number[] = []
        for (let i = 0; i < frames; i++) {
          const { x, y } = view.state.camera
          view.set({ camera: { x: x + 12 / zoom, y: y + 5 / zoom, zoom } })
          times.push(await frame())
        }
        return times
      },
      zoom,
    ),
  draw: (count, moves) =>
    withBoard(count, async (view, frame) => {
      const times: number[] = []
      const all = loops([100, 100], moves)
      for (let i = 2; i <= moves; i++) {
        const ink = { points: all.slice(0, i), pressures: null }
        const stroke = {
          id: 'wet',
          stroke: '#e03131',
          width: 3,
          opacity: 1,
          z: 'zz',
          brush: 'pen',
          steady: false,
          ink,
        } as const
        view.set({ preview: { kind: 'ink', stroke } })
        times.push(await frame())
      }
      return times
    }),
}

await loadFonts()
Object.assign(window, { page })
