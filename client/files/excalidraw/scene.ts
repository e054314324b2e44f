import type { Box } from '../../../shared/geometry/box.ts'
import type { LineWidth } from '../../../shared/geometry/text.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape, writeError } from '../../../shared/schema/read.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import type { Tally } from '../notices.ts'
import { type Element, isRemoved, parseElement } from './element.ts'
import type { SceneImages } from './images.ts'
import { readInk, readPath } from './path.ts'
import { cornerOf, fillOf, isRound, type Look, lettersOf, lookOf, nested, outlineOf } from './style.ts'
import { flowingText, nameOver, readText } from './text.ts'

/** What reading a file needs throughout. */
export interface Reading {
  readonly tally: Tally
  readonly lineWidth: LineWidth
  readonly images: SceneImages
  /** A provisional group id that is nobody's yet. */
  newGroup(): string
}

interface Item {
  readonly element: Element
  readonly look: Look
}

/**
 * The shapes of a list of elements, from the bottom to the top. Never throws: what cannot be read or shown is
 * counted. Takes time in proportion to the file.
 */
export function readScene(raw: readonly unknown[], reading: Reading): KnownShape[] {
  const items = itemsOf(raw, reading)
  const bonds = bondsOf(items, reading)
  const firstInFrame = new Map<string, number>()
  for (const [i, { element }] of items.entries()) {
    const { frameId } = element
    if (frameId !== null && !firstInFrame.has(frameId)) firstInFrame.set(frameId, i)
  }
  const layers = items.flatMap((item, i) => {
    if (bonds.asLabels.has(item)) return []
    const shapes = shapesOf(item, bonds, reading)
    if (!shapes) reading.tally.add('broken')
    const isFrame = FRAMES.has(item.element.type)
    // A frame comes after its children in the file; as a rectangle it goes under them.
    const first = isFrame ? firstInFrame.get(item.element.id ?? '') : undefined
    return [{ at: first === undefined ? i : Math.min(i, first - 0.5), shapes: shapes ?? [] }]
  })
  layers.sort((a, b) => a.at - b.at)
  return writable(
    layers.flatMap(layer => layer.shapes),
    reading.tally,
  )
}

/** The shapes that a board takes, with provisional ids and order keys. The others are counted. */
export function writable(shapes: readonly KnownShape[], tally: Tally): KnownShape[] {
  return shapes.flatMap((shape, i) => {
    const { id: _, ...keys } = { ...shape, z: 'a0' }
    if (!Object.entries(keys).some(([key, value]) => writeError(shape.type, key, value) !== undefined)) {
      return [{ ...shape, id: `${i}`, z: 'a0' }]
    }
    tally.add('broken')
    return []
  })
}

const BOXES: ReadonlySet<string> = new Set(['rectangle', 'ellipse', 'diamond'])
const PATHS: ReadonlySet<string> = new Set(['line', 'arrow', 'draw'])
const FRAMES: ReadonlySet<string> = new Set(['frame', 'magicframe'])

function itemsOf(raw: readonly unknown[], { tally, newGroup, images }: Reading): Item[] {
  const groups = new Map<string, string>()
  const groupOf = (name: string): string => {
    const group = groups.get(name) ?? newGroup()
    groups.set(name, group)
    return group
  }
  return raw.flatMap(candidate => {
    if (isRemoved(candidate)) return []
    const element = parseElement(candidate)
    if (!element) tally.add('broken')
    if (!element || isLeftOut(element, images, tally)) return []
    return [{ element, look: lookOf(element, groupOf, tally) }]
  })
}

/** Whether nothing is shown for the element. It is counted, unless its own program shows nothing for it either. */
function isLeftOut(element: Element, images: SceneImages, tally: Tally): boolean {
  const { type } = element
  if (type === 'text') return (element.text || flowingText(element)).trim() === ''
  if (BOXES.has(type)) return element.width === 0 && element.height === 0
  if (PATHS.has(type) || FRAMES.has(type) || type === 'freedraw') return false
  if (type === 'image' && images.nameOf(element.fileId) !== null) return false
  if (type === 'image') tally.add('image')
  else if (type === 'embeddable' || type === 'iframe') tally.add('embed')
  else if (type !== 'selection') tally.add('unknown')
  return true
}

/** Which texts are labels of which boxes, and which are a shape of their own in a group with what they belong to. */
interface Bonds {
  readonly labels: ReadonlyMap<Item, Item>
  readonly asLabels: ReadonlySet<Item>
  /** The group that an item shares with the texts, or the container, that it is bound to. */
  readonly groups: ReadonlyMap<Item, string>
}

function bondsOf(items: readonly Item[], { newGroup }: Reading): Bonds {
  const containers = new Map<string, Item>()
  for (const item of items) {
    const { id, type } = item.element
    if (id !== null && (BOXES.has(type) || PATHS.has(type)) && !containers.has(id)) containers.set(id, item)
  }
  const labels = new Map<Item, Item>()
  const groups = new Map<Item, string>()
  for (const item of items) {
    const container =
      item.element.type === 'text' ? containers.get(item.element.containerId ?? '') : undefined
    if (!container) continue
    if (!labels.has(container) && looksLikeLabel(item, container)) {
      labels.set(container, item)
      continue
    }
    const group = groups.get(container) ?? newGroup()
    groups.set(container, group).set(item, group)
  }
  return { labels, asLabels: new Set(labels.values()), groups }
}

/** Whether a text would look the same as a label: in the middle of a box, in the colour of its outline. */
const looksLikeLabel = ({ element, look }: Item, container: Item): boolean =>
  BOXES.has(container.element.type) &&
  element.textAlign === 'center' &&
  element.verticalAlign === 'middle' &&
  look.stroke === container.look.stroke &&
  look.opacity === container.look.opacity &&
  flowingText(element).length <= LIMITS.textLength

/** Undefined when the element cannot be read. */
function shapesOf(item: Item, bonds: Bonds, reading: Reading): KnownShape[] | undefined {
  const { element } = item
  const { tally, newGroup, lineWidth } = reading
  const bond = bonds.groups.get(item)
  const look =
    bond === undefined ? item.look : { ...item.look, groups: nested([bond, ...item.look.groups], tally) }
  switch (element.type) {
    case 'rectangle':
    case 'ellipse':
    case 'diamond':
      return readBox(element.type, element, look, bonds.labels.get(item)?.element, tally)
    case 'line':
    case 'arrow':
    case 'draw':
      return readPath(element, look, newGroup, tally)
    case 'freedraw':
      return readInk(element, look, newGroup, tally)
    case 'image':
      return readImage(element, look, reading)
    case 'frame':
    case 'magicframe':
      return readFrame(element, look, reading)
    default:
      return readText(element, look, newGroup, tally, lineWidth)
  }
}

/** Old files have boxes that were drawn to the left or upwards, with a negative size. */
function boxOf({ x, y, width, height }: Element): Box | undefined {
  if (width === null || height === null) return undefined
  return { x: Math.min(x, x + width), y: Math.min(y, y + height), w: Math.abs(width), h: Math.abs(height) }
}

function readBox(
  type: 'rectangle' | 'ellipse' | 'diamond',
  element: Element,
  look: Look,
  label: Element | undefined,
  tally: Tally,
): KnownShape[] | undefined {
  const box = boxOf(element)
  if (!box) return undefined
  const keys = {
    ...look,
    ...outlineOf(element, tally),
    ...(label ? { text: flowingText(label).replace(/\r\n?/g, '\n'), ...lettersOf(label, tally) } : {}),
    id: '',
    pos: [box.x, box.y],
    size: [box.w, box.h],
    fill: fillOf(element, tally),
  } as const
  if (type === 'diamond' && isRound(element)) tally.add('roundDiamond')
  if (type !== 'rectangle') return [makeShape(type, keys)]
  return [makeShape(type, { ...keys, corner: cornerOf(element, box.w, box.h) })]
}

/** An image whose pixels are still to be counted. */
function readImage(element: Element, look: Look, { images, tally }: Reading): KnownShape[] | undefined {
  const box = boxOf(element)
  const asset = images.nameOf(element.fileId)
  if (!box || asset === null) return undefined
  if (element.crop) tally.add('crop')
  const { rot, opacity, groups } = look
  const [x, y] = element.scale ?? [1, 1]
  return [
    makeShape('image', {
      ...{ id: '', rot, opacity, groups, asset },
      pos: [box.x, box.y],
      size: [box.w, box.h],
      natural: [1, 1],
      flip: [x < 0, y < 0],
    }),
  ]
}

/** Excalidraw shows every frame in this style, whatever its element says. */
const FRAME = {
  stroke: '#bbbbbb',
  width: 2,
  corner: 8,
  name: { stroke: '#999999', font: 'sans', fontSize: 14 },
} as const

/** A frame as a rectangle, with its name above it. */
function readFrame(
  element: Element,
  look: Look,
  { tally, newGroup, lineWidth }: Reading,
): KnownShape[] | undefined {
  const box = boxOf(element)
  if (!box) return undefined
  tally.add('frame')
  const { stroke, width, corner } = FRAME
  const keys = { ...look, rot: 0, opacity: 1, stroke }
  const shape = (groups: readonly string[]) =>
    makeShape('rectangle', {
      ...keys,
      id: '',
      groups,
      pos: [box.x, box.y],
      size: [box.w, box.h],
      width,
      corner,
    })
  const name = element.name?.trim()
  if (!name) return [shape(look.groups)]
  const groups = nested([newGroup(), ...look.groups], tally)
  return [
    shape(groups),
    ...nameOver(box, name, { ...keys, ...FRAME.name, groups }, newGroup, tally, lineWidth),
  ]
}
