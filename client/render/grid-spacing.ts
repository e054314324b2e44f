import { gridUnit, LEAST_GRID_STEP } from '../../shared/geometry/grid.ts'

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
  const unit = gridUnit(zoom)
  const step = unit * zoom
  return { step, unit, fineness: Math.min(1, (step - LEAST_GRID_STEP) / (LEAST_GRID_STEP / 2)) }
}
