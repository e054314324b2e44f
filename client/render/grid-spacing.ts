/** World units between the dots of the finest grid at zoom 1. */
const UNIT = 20
/** CSS pixels. Dots never come closer than this. */
const LEAST = 16

export interface GridSpacing {
  /** CSS pixels between dots: from 16 up to, and not including, 32. */
  readonly step: number
  /** World units between dots: 20 times a power of two. */
  readonly unit: number
  /** 0 to 1: how strongly those dots show that the next coarser grid lacks. */
  readonly fineness: number
}

/** The grid at `zoom`. Every second dot stays when the grid becomes coarser; the others have faded away by then. */
export function gridSpacing(zoom: number): GridSpacing {
  const unit = UNIT * 2 ** Math.ceil(Math.log2(LEAST / (UNIT * zoom)) - 1e-9)
  const step = unit * zoom
  return { step, unit, fineness: Math.min(1, (step - LEAST) / (LEAST / 2)) }
}
