import { triangle } from '../../../shared/shapes/triangle.ts'
import { figureView } from '../../render/figure-areas.ts'

export const triangleView = figureView(triangle)
