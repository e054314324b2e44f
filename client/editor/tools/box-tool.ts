import { type Box, boxBetween } from '../../../shared/geometry/box.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { Boxed } from '../../../shared/shapes/boxed.ts'
import type { KnownShape, ShapeId, ShapeOf, ShapeType } from '../../../shared/shapes/index.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { gridPoint, type SnappedPoint, snapPoint, unsnapped } from '../snap/field.ts'
import { styleOf } from '../style.ts'
import { tidied } from '../tidy.ts'
import type { Modifiers, Scene, Step, Tool } from '../types.ts'
import { dragThreshold, isDrag } from './pointer.ts'

interface Press {
  readonly from: Vec
  readonly screen: Vec
  /** Screen pixels. */
  readonly threshold: number
  readonly id: ShapeId
}

export type BoxState =
  | { readonly at: 'rest' }
  | { readonly at: 'pressed'; readonly press: Press }
  | { readonly at: 'drawing'; readonly press: Press; readonly to: Vec }

/** The types that a corner to corner drag gives all they need. */
type BoxedType = { readonly [T in ShapeType]: ShapeOf<T> extends Boxed ? T : never }[ShapeType] | 'frame'

/** A tool that draws a figure from corner to corner. Shift makes it as wide as high, alt draws from its centre. */
export function boxTool(type: BoxedType): Tool<BoxState> {
  const REST: BoxState = { at: 'rest' }

  function shapeAt({ from, id }: Press, to: Vec, modifiers: Modifiers, scene: Scene): KnownShape {
    const { x, y, w, h } = dragged(from, to, modifiers)
    const given = { id, z: scene.topKey(), pos: [x, y] as Vec, size: [w, h] as Vec }
    const shape = { ...makeShape(type, given), ...styleOf(type, scene.style) } as KnownShape
    return tidied(shape, scene.camera.zoom)
  }

  function drawTo(press: Press, to: Vec, modifiers: Modifiers, scene: Scene): Step<BoxState> {
    const { at, guides } = corner(to, modifiers, scene)
    const shape = shapeAt(press, at, modifiers, scene)
    return [
      { at: 'drawing', press, to },
      { do: 'preview', preview: { kind: 'create', shape } },
      { do: 'guide', guides },
    ]
  }

  return {
    name: type,
    initial: REST,
    step(state, event, scene) {
      switch (event.type) {
        case 'down': {
          if (state.at !== 'rest') return [state]
          const { screen, pointer } = event
          const from = gridPoint(event.at, event.modifiers, scene)
          return [
            { at: 'pressed', press: { from, screen, threshold: dragThreshold(pointer), id: scene.newId() } },
          ]
        }
        case 'move':
          if (state.at === 'rest') return [state]
          if (state.at === 'pressed' && !isDrag(state.press.screen, event.screen, state.press.threshold)) {
            return [state]
          }
          return drawTo(state.press, event.at, event.modifiers, scene)
        case 'modifiers':
          return state.at === 'drawing' ? drawTo(state.press, state.to, event.modifiers, scene) : [state]
        case 'up': {
          if (state.at === 'rest') return [state]
          if (state.at === 'pressed') return [REST, { do: 'made', ids: [] }]
          const { at } = corner(event.at, event.modifiers, scene)
          const shape = shapeAt(state.press, at, event.modifiers, scene)
          return [
            REST,
            { do: 'preview', preview: null },
            { do: 'commit', edits: [{ op: 'create', shape }] },
            { do: 'made', ids: [shape.id] },
          ]
        }
        case 'cancel':
          return state.at === 'rest' ? [state] : [REST, { do: 'preview', preview: null }]
        case 'finish':
          return [state]
        default:
          return unreachable(event)
      }
    },
    cursor: () => 'crosshair',
  }
}

/** Where the corner that is pulled belongs. A square gives up one of its sides, so it does not snap. */
const corner = (to: Vec, modifiers: Modifiers, scene: Scene): SnappedPoint =>
  modifiers.shift ? unsnapped(to) : snapPoint(to, modifiers, scene)

/** The box that a drag spans. */
function dragged(from: Vec, to: Vec, { shift, alt }: Modifiers): Box {
  let dx = to[0] - from[0]
  let dy = to[1] - from[1]
  if (shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy))
    dx = dx < 0 ? -side : side
    dy = dy < 0 ? -side : side
  }
  const opposite: Vec = alt ? [from[0] - dx, from[1] - dy] : from
  return boxBetween(opposite, [from[0] + dx, from[1] + dy])
}
