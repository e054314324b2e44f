import { type Renderer, RendererType, type WebGLRenderer } from 'pixi.js'

/** Names under which browsers draw WebGL on the CPU: a virtual machine, a blocked or missing graphics driver. */
const ON_CPU = /swiftshader|llvmpipe|softpipe|software|basic render/i

/**
 * Whether WebGL is drawn on the CPU. There each texture that Pixi's shader could sample costs time for every pixel, even
 * though a frame uses few of them.
 */
export function drawsOnCpu(renderer: Renderer): boolean {
  if (renderer.type !== RendererType.WEBGL) return false
  const { gl } = renderer as WebGLRenderer
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)
  return typeof name === 'string' && ON_CPU.test(name)
}
