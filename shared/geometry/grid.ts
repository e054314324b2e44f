/** World units between the dots of the finest grid at zoom 1. */
const UNIT = 20
/** CSS pixels. Dots never come closer than this. */
export const LEAST_GRID_STEP = 16

/** World units between the dots that show at `zoom`: 20 times a power of two. */
export const gridUnit = (zoom: number): number =>
  UNIT * 2 ** Math.ceil(Math.log2(LEAST_GRID_STEP / (UNIT * zoom)) - 1e-9)
