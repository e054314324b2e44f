import type { Vec } from '../../../shared/geometry/vec.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { Table } from '../../../shared/shapes/table.ts'
import { styleOf } from '../../editor/style.ts'
import { CELL_SIZE, emptyCells } from '../../editor/tables.ts'
import { tidied } from '../../editor/tidy.ts'
import { type BoxState, boxTool } from '../../editor/tools/box-tool.ts'
import type { Effect, Scene, Tool } from '../../editor/types.ts'

/** Rows, and columns, of a new table. */
const COUNT = 3
const EMPTY = emptyCells(COUNT, COUNT)

const box = boxTool('table')

/** Draws a table from corner to corner, or lays one down by a click, and opens its first cell. */
export const table: Tool<BoxState> = {
  ...box,
  step(state, event, scene) {
    const [next, ...effects] = box.step(state, event, scene)
    if (state.at === 'pressed' && event.type === 'up') return [next, ...laidDown(state.press, scene)]
    return [next, ...effects.flatMap(withCells)]
  },
}

function laidDown(
  { id, from }: Extract<BoxState, { at: 'pressed' }>['press'],
  scene: Scene,
): readonly Effect[] {
  const size: Vec = [COUNT * CELL_SIZE[0], COUNT * CELL_SIZE[1]]
  const given = { id, z: scene.topKey(), pos: from, size, text: EMPTY }
  const shape = { ...makeShape('table', given), ...styleOf('table', scene.style) } as Table
  return made(tidied(shape, scene.camera.zoom))
}

const made = (shape: Table): readonly Effect[] => [
  { do: 'commit', edits: [{ op: 'create', shape }] },
  { do: 'made', ids: [shape.id] },
  { do: 'edit', id: shape.id },
]

/** A box that is drawn becomes a table of empty cells. */
function withCells(effect: Effect): readonly Effect[] {
  if (effect.do === 'made') return []
  if (effect.do === 'preview' && effect.preview?.kind === 'create') {
    return [{ do: 'preview', preview: { ...effect.preview, shape: filled(effect.preview.shape) } }]
  }
  if (effect.do !== 'commit') return [effect]
  return effect.edits.flatMap(edit => (edit.op === 'create' ? made(filled(edit.shape)) : []))
}

const filled = (shape: object): Table => ({ ...(shape as Table), text: EMPTY })
