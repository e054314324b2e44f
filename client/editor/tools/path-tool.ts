import { distance, type Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { KnownShape, ShapeId } from '../../../shared/shapes/index.ts'
import { pathThrough } from '../../../shared/shapes/path.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { styleOf } from '../style.ts'
import { tidied } from '../tidy.ts'
import type { Effect, Modifiers, Scene, Step, Tool, ToolEvent } from '../types.ts'
import { dragThreshold, hitTolerance, isDrag, snapDirection } from './pointer.ts'

type Down = Extract<ToolEvent, { readonly type: 'down' }>

interface Line {
  readonly id: ShapeId
  /** The points that are settled; world space. */
  readonly points: readonly Vec[]
}

interface Press {
  readonly screen: Vec
  readonly pointer: Down['pointer']
}

export type PathState =
  | { readonly at: 'rest' }
  /** The first point is set; whether it is a drag or a click is open. */
  | { readonly at: 'pressed'; readonly line: Line; readonly press: Press }
  | { readonly at: 'dragging'; readonly line: Line; readonly to: Vec }
  /** Point after point is clicked; the pointer is up, and the next point follows it. */
  | { readonly at: 'placing'; readonly line: Line; readonly to: Vec }
  /** The next point is being pressed. */
  | { readonly at: 'placed'; readonly line: Line; readonly to: Vec; readonly press: Press }

const REST: PathState = { at: 'rest' }
const NO_PREVIEW: Effect = { do: 'preview', preview: null }

/**
 * A tool that draws a line by a drag, or through point after point by clicks: a click on the last point, a double
 * click or Enter ends it, a click on the first point closes it. Shift keeps to 15 degree directions.
 */
export function pathTool(type: 'line' | 'arrow'): Tool<PathState> {
  function shapeOf({ id, points }: Line, scene: Scene): KnownShape {
    const shape = makeShape(type, { id, z: scene.topKey(), ...pathThrough(points) })
    return tidied({ ...shape, ...styleOf(type, scene.style) } as KnownShape, scene.camera.zoom)
  }

  function show(state: Exclude<PathState, { at: 'rest' | 'pressed' }>, scene: Scene): Step<PathState> {
    const points = [...state.line.points, state.to]
    const shape = shapeOf({ ...state.line, points }, scene)
    return [state, { do: 'preview', preview: { kind: 'create', shape } }]
  }

  function end(line: Line, scene: Scene): Step<PathState> {
    if (line.points.length < 2) return [REST, NO_PREVIEW, { do: 'use', tool: 'select' }]
    const shape = shapeOf(line, scene)
    return [
      REST,
      NO_PREVIEW,
      { do: 'commit', edits: [{ op: 'create', shape }] },
      { do: 'use', tool: 'select' },
      { do: 'select', ids: [shape.id] },
    ]
  }

  /** A click at `to` while points are being placed. */
  function place(line: Line, to: Vec, { pointer }: Press, scene: Scene): Step<PathState> {
    const reach = hitTolerance(pointer) / scene.camera.zoom
    const first = line.points[0] as Vec
    const last = line.points.at(-1) as Vec
    if (distance(to, last) <= reach) return end(line, scene)
    const closes = line.points.length > 2 && distance(to, first) <= reach
    const longer = { ...line, points: [...line.points, closes ? first : to] }
    if (closes || longer.points.length >= LIMITS.linePoints) return end(longer, scene)
    return show({ at: 'placing', line: longer, to }, scene)
  }

  function down(state: PathState, event: Down, scene: Scene): Step<PathState> {
    const press: Press = { screen: event.screen, pointer: event.pointer }
    if (state.at === 'rest') {
      return [{ at: 'pressed', line: { id: scene.newId(), points: [event.at] }, press }]
    }
    if (state.at !== 'placing') return [state]
    const to = aimed(state.line, event.at, event.modifiers)
    return show({ at: 'placed', line: state.line, to, press }, scene)
  }

  function move(state: PathState, at: Vec, screen: Vec, modifiers: Modifiers, scene: Scene): Step<PathState> {
    if (state.at === 'rest') return [state]
    const to = aimed(state.line, at, modifiers)
    if (state.at !== 'pressed') return show({ ...state, to }, scene)
    if (!isDrag(state.press.screen, screen, dragThreshold(state.press.pointer))) return [state]
    return show({ at: 'dragging', line: state.line, to }, scene)
  }

  function up(state: PathState, at: Vec, modifiers: Modifiers, scene: Scene): Step<PathState> {
    switch (state.at) {
      case 'rest':
      case 'placing':
        return [state]
      case 'pressed':
        return show({ at: 'placing', line: state.line, to: at }, scene)
      case 'dragging': {
        const to = aimed(state.line, at, modifiers)
        return end({ ...state.line, points: [...state.line.points, to] }, scene)
      }
      case 'placed':
        return place(state.line, aimed(state.line, at, modifiers), state.press, scene)
      default:
        return unreachable(state)
    }
  }

  return {
    name: type,
    initial: REST,
    step(state, event, scene) {
      switch (event.type) {
        case 'down':
          return down(state, event, scene)
        case 'move':
          return move(state, event.at, event.screen, event.modifiers, scene)
        case 'modifiers':
          if (state.at === 'rest' || state.at === 'pressed') return [state]
          return show({ ...state, to: aimed(state.line, state.to, event.modifiers) }, scene)
        case 'up':
          return up(state, event.at, event.modifiers, scene)
        case 'cancel':
          return state.at === 'rest' ? [state] : [REST, NO_PREVIEW]
        case 'finish':
          return state.at === 'placing' ? end(state.line, scene) : [state]
        default:
          return unreachable(event)
      }
    },
    cursor: () => 'crosshair',
  }
}

const aimed = ({ points }: Line, to: Vec, { shift }: Modifiers): Vec =>
  shift ? snapDirection(points.at(-1) as Vec, to) : to
