import { bubble } from '../../../shared/shapes/bubble.ts'
import { figureView } from '../../render/figure-areas.ts'

export const bubbleView = figureView(bubble)
