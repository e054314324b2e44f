import type { ImageShape } from '../../../shared/shapes/image.ts'
import type { ShapeView } from '../../render/shape-view.ts'

/** Pictures have their own colours: the theme does not turn them. */
export const imageView: ShapeView<ImageShape> = { areas: () => [], picture: shape => shape }
