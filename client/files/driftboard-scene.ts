import * as v from 'valibot'
import { unionOf } from '../../shared/geometry/box.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { type KnownShape, shapeBounds } from '../../shared/shapes/index.ts'
import { base64Of, bytesOfDataUrl } from './base64.ts'
import { FileError } from './error.ts'
import { refuseTooMany } from './excalidraw.ts'
import type { FileFormat } from './imported.ts'
import { Tally } from './notices.ts'
import { plainKeys, shapeOfKeys } from './plain-shape.ts'

/** What pictures that we make carry along, so that they open again. */
const TYPE = 'driftboard/scene'

const schema = v.object({
  type: v.literal(TYPE),
  shapes: v.array(v.unknown()),
  images: v.fallback(v.record(v.string(), v.string()), {}),
})

const keys = v.record(v.string(), v.unknown())

interface SceneImage {
  readonly mime: string
  readonly bytes: Uint8Array
}

/** Shapes as text, the bottom one first, with the bytes of their images by their assets. */
export function sceneText(
  shapes: readonly KnownShape[],
  images: ReadonlyMap<string, SceneImage> = new Map(),
): string {
  const used = [...images].map(([asset, { mime, bytes }]) => [
    asset,
    `data:${mime};base64,${base64Of(bytes)}`,
  ])
  return JSON.stringify({
    type: TYPE,
    version: SCHEMA_VERSION,
    shapes: shapes.map(plainKeys),
    images: Object.fromEntries(used),
  })
}

export const driftboardScene: FileFormat = {
  extension: '.json',
  mime: 'application/json',

  recognises: json => v.is(v.looseObject({ type: v.literal(TYPE) }), json),

  read(json, lineWidth) {
    const parsed = v.safeParse(schema, json)
    if (!parsed.success) {
      throw new FileError('This drawing has no list of shapes.', 'shapes', 'Save it again, and open that.')
    }
    const { shapes: raw, images: urls } = parsed.output
    refuseTooMany(raw.length)
    const tally = new Tally()
    const images = new Map<string, Uint8Array<ArrayBuffer>>()
    const shapes = raw.flatMap((candidate, i) => {
      const shape = read(candidate, i)
      const isImage = shape?.type === 'image'
      const bytes =
        isImage && Object.hasOwn(urls, shape.asset) ? bytesOfDataUrl(urls[shape.asset] ?? '') : null
      if (!shape) tally.add('broken')
      if (isImage && !bytes) tally.add('image')
      if (isImage && bytes) images.set(shape.asset, bytes)
      return shape && (!isImage || bytes) ? [shape] : []
    })
    const figures = shapes.filter(shape => shape.type !== 'page')
    const bounds = unionOf(figures.map(shape => shapeBounds(shape, lineWidth)))
    return { shapes: unique(shapes), bounds, images, notices: tally.notices() }
  },
}

function read(candidate: unknown, i: number): KnownShape | undefined {
  const parsed = v.safeParse(keys, candidate)
  if (!parsed.success) return undefined
  const { id, ...rest } = parsed.output
  return shapeOfKeys(typeof id === 'string' ? id : `s${i}`, rest)
}

/** Without those that have the id of one before. */
function unique(shapes: readonly KnownShape[]): readonly KnownShape[] {
  const ids = new Set<string>()
  return shapes.filter(({ id }) => !ids.has(id) && ids.add(id))
}
