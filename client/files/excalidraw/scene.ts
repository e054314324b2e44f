import type { LineWidth } from '../../../shared/geometry/text.ts'
import { isDefault, writeError } from '../../../shared/schema/read.ts'
import type { KnownShape, ShapeType } from '../../../shared/shapes/index.ts'
import type { Tally } from '../notices.ts'
import { sourceText } from '../source.ts'
import { BOXES, type Bonds, bondsOf, FRAMES, frameOf, type Item, PATHS } from './bonds.ts'
import { readBox, readEmbed, readFrame, readImage } from './boxes.ts'
import { type Element, isRemoved, parseElement } from './element.ts'
import type { SceneImages } from './images.ts'
import { ownShapes } from './own.ts'
import { readInk, readPath } from './path.ts'
import { lookOf, nested } from './style.ts'
import { flowingText, readText } from './text.ts'

export type Images = Pick<SceneImages, 'nameOf' | 'used'>

/** What reading a file needs throughout. */
export interface Reading {
  readonly tally: Tally
  readonly lineWidth: LineWidth
  readonly images: Images
  /** The provisional id of each group of the file, by its name there. */
  readonly groups: Map<string, string>
  /** A provisional id of a shape or a group that is nobody's yet. */
  newId(): string
}

/**
 * The shapes of a list of elements, from the bottom to the top. Never throws: what cannot be read or shown is
 * counted. Takes time in proportion to the file.
 */
export function readScene(raw: readonly unknown[], reading: Reading): KnownShape[] {
  const items = itemsOf(raw, reading)
  const bonds = bondsOf(items, reading.newId)
  const own = ownShapes(items, reading.lineWidth)
  const firstInFrame = new Map<string, number>()
  for (const [i, { element }] of items.entries()) {
    const { frameId } = element
    if (frameId !== null && !firstInFrame.has(frameId)) firstInFrame.set(frameId, i)
  }
  const layers = items.flatMap((item, i) => {
    if (bonds.asLabels.has(item) || own.parts.has(item)) return []
    const held = own.shapes.get(item)
    const shapes = held ? [{ ...held, frame: frameOf(item, bonds) }] : namedShapes(item, bonds, reading)
    if (!shapes) reading.tally.add('broken')
    const isFrame = FRAMES.has(item.element.type)
    // A frame comes after its children in the file; here it lies under them.
    const first = isFrame ? firstInFrame.get(item.element.id ?? '') : undefined
    return [{ at: first === undefined ? i : Math.min(i, first - 0.5), shapes: shapes ?? [] }]
  })
  layers.sort((a, b) => a.at - b.at)
  return writable(
    layers.flatMap(layer => layer.shapes),
    reading.tally,
  )
}

/** The shapes that a board takes, attached to each other only. The others are counted. */
export function writable(shapes: readonly KnownShape[], tally: Tally): KnownShape[] {
  const valid = shapes.flatMap(shape => {
    const { id, ...keys } = { ...shape, z: 'a0' }
    // Marks were read for the text that they are in.
    if (Object.entries(keys).every(([key, value]) => key === 'marks' || isWritable(shape.type, key, value))) {
      return [{ ...shape, id, z: 'a0' }]
    }
    tally.add('broken')
    return []
  })
  const ids = new Set(valid.map(shape => shape.id))
  return valid.map(shape => settled(shape, ids))
}

/** Most keys are as they are by default, which is quickly seen. */
const isWritable = (type: ShapeType, key: string, value: unknown): boolean =>
  isDefault(type, key, value) || writeError(type, key, value) === undefined

/** Without what holds it to shapes that are not there. */
function settled(shape: KnownShape, ids: ReadonlySet<string>): KnownShape {
  const frame = ids.has(shape.frame) ? shape.frame : ''
  if (shape.type !== 'arrow') return frame === shape.frame ? shape : { ...shape, frame }
  const start = shape.start && ids.has(shape.start[0]) ? shape.start : null
  const end = shape.end && ids.has(shape.end[0]) ? shape.end : null
  return { ...shape, frame, start, end }
}

function itemsOf(raw: readonly unknown[], { tally, newId, images, groups }: Reading): Item[] {
  const groupOf = (name: string): string => {
    const group = groups.get(name) ?? newId()
    groups.set(name, group)
    return group
  }
  return raw.flatMap(candidate => {
    if (isRemoved(candidate)) return []
    const element = parseElement(candidate)
    if (!element) tally.add('broken')
    if (!element || isLeftOut(element, images, tally)) return []
    return [{ id: newId(), element, raw: candidate, look: lookOf(element, groupOf, tally) }]
  })
}

const EMBEDS: ReadonlySet<string> = new Set(['embeddable', 'iframe'])

/** Whether nothing is shown for the element. It is counted, unless its own program shows nothing for it either. */
function isLeftOut(element: Element, images: Images, tally: Tally): boolean {
  const { type } = element
  if (type === 'text') return (element.text || flowingText(element)).trim() === ''
  if (BOXES.has(type)) return element.width === 0 && element.height === 0
  if (PATHS.has(type) || FRAMES.has(type) || EMBEDS.has(type) || type === 'freedraw') return false
  if (type === 'image' && images.nameOf(element.fileId) !== null) return false
  if (type === 'image') tally.add('image')
  else if (type !== 'selection') tally.add('unknown')
  return true
}

/** The shapes of an item under its own provisional id, each with what the file said of it when it is the only one. */
function namedShapes(item: Item, bonds: Bonds, reading: Reading): KnownShape[] | undefined {
  const shapes = shapesOf(item, bonds, reading)
  const label = bonds.labels.get(item)
  const source = shapes?.length === 1 ? sourceText(label ? [item.raw, label.raw] : [item.raw]) : ''
  const frame = frameOf(item, bonds)
  return shapes?.map((shape, i) => ({ ...shape, id: i === 0 ? item.id : reading.newId(), frame, source }))
}

/** Undefined when the element cannot be read. */
function shapesOf(item: Item, bonds: Bonds, reading: Reading): KnownShape[] | undefined {
  const { element } = item
  const { tally, newId, lineWidth, images } = reading
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
      return readPath(element, look, bonds.labels.get(item)?.element, bonds, newId, tally)
    case 'freedraw':
      return readInk(element, look, newId, tally)
    case 'image':
      return readImage(element, look, images)
    case 'frame':
    case 'magicframe':
      return readFrame(element, look)
    case 'embeddable':
    case 'iframe':
      return readEmbed(element, look, tally)
    default:
      return readText(element, look, newId, tally, lineWidth)
  }
}
