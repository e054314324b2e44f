import { cloud } from '../../../shared/shapes/cloud.ts'
import { figureView } from '../../render/figure-areas.ts'

export const cloudView = figureView(cloud)
