import type { Bookmark } from '../../../shared/shapes/bookmark.ts'
import type { ShapeKit } from '../kit.ts'
import { bookmarkView } from './view.ts'

export const bookmark: ShapeKit<Bookmark> = { view: bookmarkView }
