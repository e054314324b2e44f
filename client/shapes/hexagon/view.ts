import { hexagon } from '../../../shared/shapes/hexagon.ts'
import { figureView } from '../../render/figure-areas.ts'

export const hexagonView = figureView(hexagon)
