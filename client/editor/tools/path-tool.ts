import { distance, type Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { KnownShape, ShapeId } from '../../../shared/shapes/index.ts'
import { pathThrough } from '../../../shared/shapes/path.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { type SnappedPoint, snapPoint } from '../snap/field.ts'
import { styleOf } from '../style.ts'
import { tidied } from '../tidy.ts'
import type { Effect, Guide, Modifiers, Scene, Step, Tool, ToolEvent } from '../types.ts'
import { asSeen, bindingsOf, holderAt, pointedOut } from './arrow-ends.ts'
import { dragThreshold, hitTolerance, isDrag, snapDirection } from './pointer.ts'

type Down = Extract<ToolEvent, { readonly type: 'down' }>

interface Line {
  readonly id: ShapeId
  /** The points that are settled; world space. */
  readonly points: readonly Vec[]
  /** What holds the first and the last of them, where they were put down. */
  readonly first: ShapeId | null
  readonly last: ShapeId | null
}

interface Press {
  readonly screen: Vec
  readonly pointer: Down['pointer']
}

/** `to` is where the pointer is, `aimed` where the next point goes. World space. */
interface Pointing {
  readonly line: Line
  readonly to: Vec
  readonly aimed: Aimed
}

/** Where a point goes that is put down now, and what would hold it. */
interface Aimed extends SnappedPoint {
  readonly holder: ShapeId | null
}

export type PathState =
  | { readonly at: 'rest' }
  /** The first point is set; whether it is a drag or a click is open. */
  | { readonly at: 'pressed'; readonly line: Line; readonly press: Press }
  | ({ readonly at: 'dragging' } & Pointing)
  /** Point after point is clicked; the pointer is up, and the next point follows it. */
  | ({ readonly at: 'placing' } & Pointing)
  /** The next point is being pressed. */
  | ({ readonly at: 'placed'; readonly press: Press } & Pointing)

const REST: PathState = { at: 'rest' }
const NO_PREVIEW: Effect = { do: 'preview', preview: null }
const NO_GUIDES: readonly Guide[] = []

/**
 * A tool that draws a line by a drag, or through point after point by clicks: a click on the last point, a double
 * click or Enter ends it, a click on the first point closes it. Shift keeps to 15 degree directions. The ends of an arrow are
 * held by the shapes they are put down on, unless ctrl is down.
 */
export function pathTool(type: 'line' | 'arrow'): Tool<PathState> {
  const binds = type === 'arrow'

  function aimAt(line: Line | null, to: Vec, modifiers: Modifiers, scene: Scene): Aimed {
    const last = line?.points.at(-1)
    if (last && modifiers.shift) return { at: snapDirection(last, to), guides: NO_GUIDES, holder: null }
    const holder = binds ? holderAt(to, modifiers, scene)?.id : undefined
    if (holder !== undefined) return { at: to, guides: NO_GUIDES, holder }
    return { ...snapPoint(to, modifiers, scene), holder: null }
  }

  function shapeOf({ id, points, first, last }: Line, scene: Scene): KnownShape {
    const made = makeShape(type, { id, z: scene.topKey(), ...pathThrough(points) })
    const shape = { ...made, ...styleOf(type, scene.style) } as KnownShape
    if (shape.type !== 'arrow') return tidied(shape, scene.camera.zoom)
    const [start, end] = [points[0] as Vec, points[points.length - 1] as Vec]
    const held = bindingsOf({ start: { at: start, holder: first }, end: { at: end, holder: last } }, scene)
    return tidied(asSeen({ ...shape, ...held }, scene), scene.camera.zoom)
  }

  function show(state: Exclude<PathState, { at: 'rest' | 'pressed' }>, scene: Scene): Step<PathState> {
    const { line, aimed } = state
    const shape = shapeOf(longer(line, aimed), scene)
    return [
      state,
      { do: 'preview', preview: { kind: 'create', shape } },
      { do: 'guide', guides: aimed.guides },
      ...(shape.type === 'arrow' ? [pointedOut(shape)] : []),
    ]
  }

  function end(line: Line, scene: Scene): Step<PathState> {
    if (line.points.length < 2) return [REST, NO_PREVIEW, { do: 'made', ids: [] }]
    const shape = shapeOf(line, scene)
    return [
      REST,
      NO_PREVIEW,
      { do: 'commit', edits: [{ op: 'create', shape }] },
      { do: 'made', ids: [shape.id] },
    ]
  }

  /** A click that aims at `aimed` while points are being placed. */
  function place(line: Line, aimed: Aimed, to: Vec, { pointer }: Press, scene: Scene): Step<PathState> {
    const reach = hitTolerance(pointer) / scene.camera.zoom
    const first = line.points[0] as Vec
    const last = line.points.at(-1) as Vec
    if (distance(aimed.at, last) <= reach || distance(to, last) <= reach) return end(line, scene)
    const closes = line.points.length > 2 && distance(to, first) <= reach
    if (closes) return end({ ...line, points: [...line.points, first], first: null, last: null }, scene)
    const next = longer(line, aimed)
    if (next.points.length >= LIMITS.linePoints) return end(next, scene)
    return show({ at: 'placing', line: next, to, aimed }, scene)
  }

  function down(state: PathState, event: Down, scene: Scene): Step<PathState> {
    const press: Press = { screen: event.screen, pointer: event.pointer }
    if (state.at === 'rest') {
      const { at, holder } = aimAt(null, event.at, event.modifiers, scene)
      const line = { id: scene.newId(), points: [at], first: holder, last: holder }
      return [{ at: 'pressed', line, press }]
    }
    if (state.at !== 'placing') return [state]
    const aimed = aimAt(state.line, event.at, event.modifiers, scene)
    return show({ at: 'placed', line: state.line, to: event.at, aimed, press }, scene)
  }

  function move(state: PathState, to: Vec, screen: Vec, modifiers: Modifiers, scene: Scene): Step<PathState> {
    if (state.at === 'rest') {
      const holder = binds ? holderAt(to, modifiers, scene) : undefined
      return holder ? [state, { do: 'point-out', ids: [holder.id] }] : [state]
    }
    const aimed = aimAt(state.line, to, modifiers, scene)
    if (state.at !== 'pressed') return show({ ...state, to, aimed }, scene)
    if (!isDrag(state.press.screen, screen, dragThreshold(state.press.pointer))) return [state]
    return show({ at: 'dragging', line: state.line, to, aimed }, scene)
  }

  function up(state: PathState, to: Vec, modifiers: Modifiers, scene: Scene): Step<PathState> {
    if (state.at === 'rest' || state.at === 'placing') return [state]
    const { line } = state
    const aimed = aimAt(line, to, modifiers, scene)
    switch (state.at) {
      case 'pressed':
        return show({ at: 'placing', line, to, aimed }, scene)
      case 'dragging':
        return end(longer(line, aimed), scene)
      case 'placed':
        return place(line, aimed, to, state.press, scene)
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
          return show({ ...state, aimed: aimAt(state.line, state.to, event.modifiers, scene) }, scene)
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

const longer = (line: Line, { at, holder }: Aimed): Line => ({
  ...line,
  points: [...line.points, at],
  last: holder,
})
