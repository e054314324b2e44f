/** Tells when the device pixel ratio changes: browser zoom, or a window moved to another screen. */
export function watchDevicePixels(changed: (ratio: number) => void): () => void {
  const stop = new AbortController()
  const watch = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    const tell = () => {
      watch()
      changed(devicePixelRatio)
    }
    query.addEventListener('change', tell, { once: true, signal: stop.signal })
  }
  watch()
  return () => stop.abort()
}
