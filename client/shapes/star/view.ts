import { star } from '../../../shared/shapes/star.ts'
import { figureView } from '../../render/figure-areas.ts'

export const starView = figureView(star)
