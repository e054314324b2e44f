import { type Box, centreOf } from '../../../shared/geometry/box.ts'
import { rotateAbout, type Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import type { Binding } from '../../../shared/schema/prop.ts'
import type { Element } from './element.ts'
import type { Look } from './style.ts'
import { flowingText } from './text.ts'

/** An element that is shown. */
export interface Item {
  /** The provisional id of the shape that it becomes. */
  readonly id: string
  readonly element: Element
  /** As it stands in the file. */
  readonly raw: unknown
  readonly look: Look
}

export const BOXES: ReadonlySet<string> = new Set(['rectangle', 'ellipse', 'diamond'])
export const PATHS: ReadonlySet<string> = new Set(['line', 'arrow', 'draw'])
export const FRAMES: ReadonlySet<string> = new Set(['frame', 'magicframe'])

/** What elements of a file are to each other. */
export interface Bonds {
  /** The text that becomes the label of a box or an arrow. */
  readonly labels: ReadonlyMap<Item, Item>
  readonly asLabels: ReadonlySet<Item>
  /** The group that an item shares with the texts, or the container, that it is bound to. */
  readonly groups: ReadonlyMap<Item, string>
  /** The item of each id; the first, where a file has two of one id. */
  readonly byId: ReadonlyMap<string, Item>
}

export function bondsOf(items: readonly Item[], newGroup: () => string): Bonds {
  const byId = new Map<string, Item>()
  for (const item of items) {
    const { id } = item.element
    if (id !== null && !byId.has(id)) byId.set(id, item)
  }
  const labels = new Map<Item, Item>()
  const groups = new Map<Item, string>()
  for (const item of items) {
    const container = containerOf(item, byId)
    if (!container) continue
    if (!labels.has(container) && looksLikeLabel(item, container)) {
      labels.set(container, item)
      continue
    }
    const group = groups.get(container) ?? newGroup()
    groups.set(container, group).set(item, group)
  }
  return { labels, asLabels: new Set(labels.values()), groups, byId }
}

function containerOf({ element }: Item, byId: ReadonlyMap<string, Item>): Item | undefined {
  if (element.type !== 'text' || element.containerId === null) return undefined
  const container = byId.get(element.containerId)
  const { type } = container?.element ?? {}
  return type !== undefined && (BOXES.has(type) || PATHS.has(type)) ? container : undefined
}

/** Whether a text would look the same as a label: in a box or on an arrow, in the colour of its outline. */
const looksLikeLabel = ({ element, look }: Item, { element: { type }, look: outer }: Item): boolean =>
  (BOXES.has(type) || type === 'arrow') &&
  look.stroke === outer.stroke &&
  look.opacity === outer.opacity &&
  look.rot === (type === 'arrow' ? 0 : outer.rot) &&
  look.link === '' &&
  flowingText(element).length <= LIMITS.textLength

/** The frame that an element lies in, by its provisional id; empty for none. */
export function frameOf({ element }: Item, { byId }: Bonds): string {
  const frame = element.frameId === null ? undefined : byId.get(element.frameId)
  return frame && FRAMES.has(frame.element.type) && frame.element !== element ? frame.id : ''
}

/** What an end of an arrow at `end` (world space) is held by; null for nothing. */
export function bindingOf(bound: Element['startBinding'], end: Vec, { byId }: Bonds): Binding | null {
  const target = bound ? byId.get(bound.elementId) : undefined
  const box = target && boxOf(target.element)
  if (!bound || !target || !box || PATHS.has(target.element.type)) return null
  const [u, w] = bound.fixedPoint ?? shareOf(box, rotateAbout(end, centreOf(box), -target.look.rot))
  return [target.id, within(u), within(w)]
}

const shareOf = (box: Box, p: Vec): Vec => [
  box.w === 0 ? 0.5 : (p[0] - box.x) / box.w,
  box.h === 0 ? 0.5 : (p[1] - box.y) / box.h,
]

const within = (share: number): number => Math.max(0, Math.min(1, share))

/** Old files have boxes that were drawn to the left or upwards, with a negative size. */
export function boxOf({ x, y, width, height }: Element): Box | undefined {
  if (width === null || height === null) return undefined
  return { x: Math.min(x, x + width), y: Math.min(y, y + height), w: Math.abs(width), h: Math.abs(height) }
}
