/**
 * What pages draw with. Machines of tests have no GPU: a frame of WebGL costs them some 60 ms, one on a 2D canvas a tenth of
 * that. So tests that look at pixels say `webgl`, which people have, and all others draw on the canvas, as some have to.
 */
export type Drawing = 'webgl' | 'canvas'

/** Runs in the page before its own scripts: there is no WebGL in this browser. */
export function hideWebGL(): void {
  Object.assign(window, { WebGLRenderingContext: undefined, WebGL2RenderingContext: undefined })
}
