import { pentagon } from '../../../shared/shapes/pentagon.ts'
import { figureView } from '../../render/figure-areas.ts'

export const pentagonView = figureView(pentagon)
