import { centreOf } from '../../../shared/geometry/box.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { type KnownShape, shapeBox } from '../../../shared/shapes/index.ts'
import type { CommandTarget } from '../actions.ts'
import { editsOf } from '../preview.ts'
import { type Command, canChange } from './command.ts'

/** Radians that one press of a key turns by, as a drag with shift does. */
const STEP = Math.PI / 12

/** A frame stands upright. */
const turnable = (editor: CommandTarget): readonly KnownShape[] =>
  editor.selected.filter(({ type }) => type !== 'frame')

/** The mean of the shapes' middles, which does not wander however often they are turned about it. */
function pivot(shapes: readonly KnownShape[], { lineWidth }: CommandTarget): Vec {
  const middles = shapes.map(shape => centreOf(shapeBox(shape, lineWidth)))
  const mean = (axis: 0 | 1): number => middles.reduce((sum, at) => sum + at[axis], 0) / middles.length
  return [mean(0), mean(1)]
}

function rotate(editor: CommandTarget, angle: number): void {
  const shapes = turnable(editor)
  const ids = shapes.map(({ id }) => id)
  const turned = { kind: 'rotate', ids, centre: pivot(shapes, editor), angle } as const
  const edits = editsOf(turned, editor.board, editor.lineWidth, editor.state.camera.zoom)
  editor.commit(edits, { joinsWith: 'rotate' })
}

const command = (id: string, title: string, key: string, angle: number): Command => ({
  id,
  title,
  section: 'Arrange',
  keys: [key],
  enabled: editor => canChange(editor) && turnable(editor).length > 0,
  run: editor => rotate(editor, angle),
})

export const ROTATE_COMMANDS: readonly Command[] = [
  command('rotate-left', 'Turn left by 15°', '<', -STEP),
  command('rotate-right', 'Turn right by 15°', '>', STEP),
]
