import * as v from 'valibot'
import { unionOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { type KnownShape, shapeBounds } from '../../shared/shapes/index.ts'
import { NAME_LENGTH } from '../../shared/shapes/page.ts'
import { DRAWING_KINDS } from './accept.ts'
import { FileError } from './error.ts'
import { SceneImages } from './excalidraw/images.ts'
import { writable } from './excalidraw/scene.ts'
import { nested } from './excalidraw/style.ts'
import { refuseTooMany } from './excalidraw.ts'
import type { FileFormat, Imported } from './imported.ts'
import { Tally } from './notices.ts'
import {
  type CommonKeys,
  readBookmark,
  readCard,
  readFrame,
  readGeo,
  readImage,
  readNote,
  readText,
} from './tldr/boxes.ts'
import { type Holds, holdsOf, readArrow, readLine, readStroke } from './tldr/paths.ts'
import { type Props, type Records, recordsOf, textProp } from './tldr/records.ts'
import { linkOf } from './tldr/style.ts'
import { type Placed, pagesOf, placedOf } from './tldr/tree.ts'

const schema = v.object({ records: v.array(v.unknown()) })

/** Files of tldraw, of any version since it has pages of shapes. */
export const tldr: FileFormat = {
  ...DRAWING_KINDS.tldr,

  recognises: json => v.is(v.looseObject({ tldrawFileFormatVersion: v.unknown() }), json),

  read(json, lineWidth) {
    const parsed = v.safeParse(schema, json)
    if (!parsed.success) {
      throw new FileError(
        'This file of tldraw has no list of records.',
        'records',
        'Save it again in tldraw, and open that.',
      )
    }
    return readTldr(parsed.output.records, lineWidth)
  },
}

interface Reading {
  readonly records: Records
  readonly lineWidth: LineWidth
  readonly tally: Tally
  readonly images: SceneImages
  readonly holds: Holds
  /** The provisional id of what is called `name` in the file. */
  idOf(name: string): string
  newId(): string
}

/** The shapes of records: of a file, or of what was copied in tldraw. */
function readTldr(raw: readonly unknown[], lineWidth: LineWidth): Imported {
  refuseTooMany(raw.length)
  const records = recordsOf(raw)
  const placed = placedOf(records)
  const reading = readingOf(records, placed, lineWidth)
  const { tally } = reading
  for (let i = 0; i < records.broken; i++) tally.add('broken')
  const first = pagesOf(records)[0]?.id ?? ''
  const shapes = placed.flatMap(
    item => shapesOf(item, keysOf(item, first, reading), reading) ?? broken(tally),
  )
  const valid = writable([...sheets(reading), ...shapes], tally)
  const bounds = unionOf(
    valid.filter(shape => shape.type !== 'page').map(shape => shapeBounds(shape, lineWidth)),
  )
  return { shapes: bounds ? valid : [], bounds, images: reading.images.used, notices: tally.notices() }
}

function broken(tally: Tally): readonly KnownShape[] {
  tally.add('broken')
  return []
}

function readingOf(records: Records, placed: readonly Placed[], lineWidth: LineWidth): Reading {
  let count = 0
  const ids = new Map<string, string>()
  const newId = () => `t${count++}`
  return {
    records,
    lineWidth,
    tally: new Tally(),
    images: new SceneImages(filesOf(records)),
    holds: holdsOf(records, placed),
    newId,
    idOf(name) {
      const id = ids.get(name) ?? newId()
      ids.set(name, id)
      return id
    },
  }
}

const filesOf = ({ assets }: Records): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...assets].map(([id, props]) => [id, { dataURL: props.src }]))

/** The shapes that stand for all pages but the first, where there are several. */
function sheets({ records, idOf }: Reading): readonly KnownShape[] {
  return pagesOf(records)
    .slice(1)
    .map(({ id, name }) => makeShape('page', { id: idOf(id), pos: [0, 0], name: name.slice(0, NAME_LENGTH) }))
}

function keysOf(item: Placed, firstPage: string, { idOf, tally }: Reading): CommonKeys {
  return {
    id: idOf(item.shape.id),
    groups: nested(item.groups.map(idOf), tally),
    frame: item.frame === '' ? '' : idOf(item.frame),
    page: item.page === firstPage ? '' : idOf(item.page),
    locked: item.isLocked,
    opacity: item.opacity,
  }
}

/** Undefined when the shape cannot be read. */
function shapesOf(item: Placed, keys: CommonKeys, reading: Reading): readonly KnownShape[] | undefined {
  const { tally, lineWidth, newId, holds, idOf } = reading
  switch (item.shape.type) {
    case 'geo':
      return readGeo(item, keys, newId, lineWidth, tally)
    case 'note':
      return [readNote(item, keys, tally)]
    case 'text':
      return listed(readText(item, keys, lineWidth, tally))
    case 'frame':
      return [readFrame(item, keys)]
    case 'group':
      return []
    case 'draw':
    case 'highlight':
      return named(readStroke(item, keys, newId, tally), keys, newId)
    case 'line': {
      const line = readLine(item, keys)
      return line && [line]
    }
    case 'arrow':
      return [readArrow(item, keys, holds, placed => idOf(placed.shape.id), tally)]
    default:
      return readMedia(item, keys, reading)
  }
}

const listed = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])

/** The first of them under the id that the file's shape has here. */
const named = (shapes: readonly KnownShape[] | undefined, { id }: CommonKeys, newId: () => string) =>
  shapes?.map((shape, i) => ({ ...shape, id: i === 0 ? id : newId() }))

/** What shows something that lies beside the drawing, or elsewhere: then it is a card with the address. */
function readMedia(
  item: Placed,
  keys: CommonKeys,
  { records, images, tally }: Reading,
): readonly KnownShape[] {
  const p: Props = item.shape.props
  const { type } = item.shape
  const asset = records.assets.get(textProp(p, 'assetId')) ?? {}
  const name = type === 'image' ? images.nameOf(textProp(p, 'assetId')) : null
  if (name !== null) return [readImage(item, keys, name)]
  const link = linkOf(textProp(p, 'url')) || linkOf(textProp(asset, 'src'))
  switch (type) {
    case 'image':
      tally.add(link === '' ? 'image' : 'elsewhere')
      return link === '' ? [] : [readBookmark(item, keys, asset, link)]
    case 'bookmark':
      return [readBookmark(item, keys, asset, link)]
    case 'embed':
    case 'video':
      tally.add('embed')
      return [link === '' ? readCard(item, keys, asset) : readBookmark(item, keys, asset, link)]
    default:
      tally.add('unknown')
      return []
  }
}

const contentSchema = v.object({
  shapes: v.array(v.unknown()),
  assets: v.fallback(v.array(v.unknown()), []),
  bindings: v.fallback(v.nullable(v.array(v.unknown())), null),
})

/** What was copied in tldraw, once it is unpacked; undefined when it is something else. */
export function readTldrContent(json: unknown, lineWidth: LineWidth): Imported | undefined {
  const parsed = v.safeParse(contentSchema, json)
  if (!parsed.success) return undefined
  const { shapes, assets, bindings } = parsed.output
  return readTldr([...shapes, ...assets, ...(bindings ?? [])], lineWidth)
}
