import {
  CanvasFilterSystem,
  CanvasGraphicsContextSystem,
  CanvasGraphicsPipe,
  CanvasRenderer,
  CanvasTilingSpritePipe,
  extensions,
} from 'pixi.js'

// For the 2D canvas, what pixi-webgl.ts names for WebGL. The pipe of filters is the same one.
extensions.add(CanvasGraphicsPipe, CanvasGraphicsContextSystem, CanvasFilterSystem, CanvasTilingSpritePipe)

export const canvasRenderer = (): CanvasRenderer => new CanvasRenderer()
