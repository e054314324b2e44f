import { type Diamond, diamondCorners } from '../../../shared/shapes/diamond.ts'
import { boxedAreas } from '../../render/figure-areas.ts'
import { ownBox } from '../../render/paint-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const diamondView: ShapeView<Diamond> = {
  areas: (shape, drawing) => boxedAreas(shape, () => diamondCorners(ownBox(shape)), drawing),
}
