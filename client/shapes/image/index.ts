import type { ImageShape } from '../../../shared/shapes/image.ts'
import type { ShapeKit } from '../kit.ts'
import { imageView } from './view.ts'

export const image: ShapeKit<ImageShape> = { view: imageView }
