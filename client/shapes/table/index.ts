import icon from 'lucide-static/icons/table.svg?raw'
import type { Table } from '../../../shared/shapes/table.ts'
import type { ShapeKit } from '../kit.ts'
import { table as tool } from './tool.ts'
import { tableView } from './view.ts'

export const table: ShapeKit<Table> = {
  view: tableView,
  tool: { name: 'table', title: 'Table', keys: [], icon, place: 'more', tool },
}
