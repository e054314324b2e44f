/** How finely shapes are drawn. Two cameras with the same detail share all geometry. */
export interface Detail {
  /** Device pixels per world unit, rounded up to a power of two. */
  readonly density: number
  /** World units by which a drawn curve may miss the true one. */
  readonly tolerance: number
  /** World units. Thinner lines than this would break up into dots. */
  readonly leastWidth: number
}

/** Device pixels. A miss below this cannot be seen, antialiasing included. */
const TOLERANCE = 0.12
/** Device pixels at the largest zoom that shares the detail, half of it at the smallest. */
const LEAST_WIDTH = 1

/** The power of two that `density` (device pixels per world unit) is drawn for. */
export const densityStep = (density: number): number => 2 ** Math.ceil(Math.log2(density) - 1e-6)

export function detailFor(zoom: number, dpr: number): Detail {
  const density = densityStep(zoom * dpr)
  return { density, tolerance: TOLERANCE / density, leastWidth: density >= 1 ? 0 : LEAST_WIDTH / density }
}

/** Text is drawn in finer steps, so that what the GPU shrinks is never far from its size: half powers of two. */
export const textDensity = (zoom: number, dpr: number): number =>
  2 ** (Math.ceil(2 * Math.log2(zoom * dpr) - 1e-6) / 2)
