import 'pixi.js/unsafe-eval'
import {
  extensions,
  FilterPipe,
  FilterSystem,
  GraphicsContextSystem,
  GraphicsPipe,
  isWebGLSupported,
  type Renderer,
  type RendererOptions,
  StencilMask,
  TilingSpritePipe,
  WebGLRenderer,
} from 'pixi.js'

// All that is used beyond sprites. The whole Pixi, with WebGPU, loaders, accessibility and events, is twice as big.
extensions.add(GraphicsPipe, GraphicsContextSystem, FilterPipe, FilterSystem, TilingSpritePipe, StencilMask)

/** What Pixi draws with: WebGL, or the slower 2D canvas, which is loaded only where a browser has nothing else. */
export async function openPixi(options: Partial<RendererOptions>): Promise<Renderer> {
  const pixi = isWebGLSupported() ? new WebGLRenderer() : (await import('./pixi-canvas.ts')).canvasRenderer()
  await pixi.init({ ...options, skipExtensionImports: true })
  return pixi
}
