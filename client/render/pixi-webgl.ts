import 'pixi.js/unsafe-eval'
import {
  extensions,
  FilterPipe,
  FilterSystem,
  GraphicsContextSystem,
  GraphicsPipe,
  type Renderer,
  type RendererOptions,
  StencilMask,
  TilingSpritePipe,
  WebGLRenderer,
} from 'pixi.js'
import { bestDrawing } from './cpu-drawing.ts'

// All that is used beyond sprites. The whole Pixi, with WebGPU, loaders, accessibility and events, is twice as big.
extensions.add(GraphicsPipe, GraphicsContextSystem, FilterPipe, FilterSystem, TilingSpritePipe, StencilMask)

/**
 * What Pixi draws with: WebGL, or the 2D canvas, loaded only where it is used. That is where a browser has nothing else, and
 * where its WebGL has no graphics card: the processor draws a canvas several times faster.
 */
export async function openPixi(options: Partial<RendererOptions>): Promise<Renderer> {
  const pixi =
    bestDrawing() === 'webgl' ? new WebGLRenderer() : (await import('./pixi-canvas.ts')).canvasRenderer()
  await pixi.init({ ...options, skipExtensionImports: true })
  return pixi
}
