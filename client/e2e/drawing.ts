/**
 * What pages draw with. Machines of tests have no GPU: a frame of WebGL costs them some 60 ms, one on a 2D canvas a tenth of
 * that. So tests that look at pixels say `webgl`, which people have, and all others draw on the canvas, as the app does there.
 */
export type Drawing = 'webgl' | 'canvas'

/** Runs in the page before its own scripts: there is no WebGL in this browser. */
export function hideWebGL(): void {
  Object.assign(window, { WebGLRenderingContext: undefined, WebGL2RenderingContext: undefined })
}

/** Runs in the page before its own scripts: this device draws with WebGL, though its processor is faster at a canvas. */
export function keepWebGL(): void {
  try {
    localStorage.setItem('drawing', 'webgl')
  } catch {
    // A blank page has no storage, and draws nothing.
  }
}
