import icon from 'lucide-static/icons/pentagon.svg?raw'
import type { Pentagon } from '../../../shared/shapes/pentagon.ts'
import type { ShapeKit } from '../kit.ts'
import { pentagon as tool } from './tool.ts'
import { pentagonView } from './view.ts'

export const pentagon: ShapeKit<Pentagon> = {
  view: pentagonView,
  tool: { name: 'pentagon', title: 'Pentagon', keys: [], icon, place: 'figures', tool },
}
