/** Names under which browsers draw WebGL on the processor: a virtual machine, a blocked or missing graphics driver. */
const ON_CPU = /swiftshader|llvmpipe|softpipe|software|basic render/i

type WebGL = WebGLRenderingContext | WebGL2RenderingContext

/**
 * Whether the processor draws what `gl` is told. There each texture that Pixi's shader could sample costs time for every pixel,
 * even though a frame uses few of them.
 */
export function drawsOnCpu(gl: WebGL): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)
  return typeof name === 'string' && ON_CPU.test(name)
}

/** What shapes can be drawn with. */
export type Drawing = 'webgl' | 'canvas'

/** Where a person can say what this device draws with, against what is found out below. */
const WANTED = 'drawing'

/** The faster of what this browser can draw with, unless this device is told otherwise. */
export function bestDrawing(): Drawing {
  const gl = openWebGL()
  if (!gl) return 'canvas'
  const isSlow = drawsOnCpu(gl)
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return wanted() ?? (isSlow ? 'canvas' : 'webgl')
}

function openWebGL(): WebGL | null {
  // Browsers without WebGL may lack its name, too.
  if (typeof WebGLRenderingContext === 'undefined') return null
  const canvas = document.createElement('canvas')
  const gl = canvas.getContext('webgl2', { stencil: true }) ?? canvas.getContext('webgl', { stencil: true })
  return gl?.getContextAttributes()?.stencil ? gl : null
}

function wanted(): Drawing | undefined {
  try {
    const value = localStorage.getItem(WANTED)
    return value === 'webgl' || value === 'canvas' ? value : undefined
  } catch {
    // A browser that blocks storage says so by throwing.
    return undefined
  }
}
