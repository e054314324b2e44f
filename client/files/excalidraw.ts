import * as v from 'valibot'
import { unionOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { type KnownShape, shapeBounds } from '../../shared/shapes/index.ts'
import { DRAWING_KINDS } from './accept.ts'
import { parseCssColour } from './css-colour.ts'
import { FileError } from './error.ts'
import { SceneImages } from './excalidraw/images.ts'
import { type Images, type Reading, readScene } from './excalidraw/scene.ts'
import type { FileFormat, Imported } from './imported.ts'
import { Tally } from './notices.ts'

/** Elements of one file. One import is one transaction, which has to fit into memory and through the network. */
const MAX_ELEMENTS = 100_000

const schema = v.object({
  elements: v.array(v.unknown()),
  files: v.fallback(v.record(v.string(), v.unknown()), {}),
  appState: v.fallback(v.object({ viewBackgroundColor: v.fallback(v.string(), '#ffffff') }), {
    viewBackgroundColor: '#ffffff',
  }),
})

/** Drawings of any version of Excalidraw, also what it puts on the clipboard. */
export const excalidraw: FileFormat = {
  ...DRAWING_KINDS.excalidraw,

  recognises: json =>
    v.is(v.looseObject({ type: v.picklist(['excalidraw', 'excalidraw/clipboard']) }), json) ||
    // The first files named no type.
    v.is(v.looseObject({ type: v.optional(v.never()), elements: v.array(v.unknown()) }), json),

  read(json, lineWidth) {
    const parsed = v.safeParse(schema, json)
    if (!parsed.success) {
      throw new FileError(
        'This drawing has no list of elements.',
        'elements',
        'Save it again in Excalidraw, and open that.',
      )
    }
    const { elements, appState, files } = parsed.output
    refuseTooMany(elements.length)
    const reading = newReading(lineWidth, new SceneImages(files))
    const background = parseCssColour(appState.viewBackgroundColor)
    if (background !== '#ffffff' && background !== 'transparent') reading.tally.add('background')
    return imported(readScene(elements, reading), reading)
  },
}

export function refuseTooMany(elements: number): void {
  if (elements <= MAX_ELEMENTS) return
  const [many, most] = [elements, MAX_ELEMENTS].map(n => n.toLocaleString('en'))
  throw new FileError(
    `This file holds ${many} elements, and at most ${most} can be opened at once.`,
    '',
    'Split it into several files.',
  )
}

export function newReading(lineWidth: LineWidth, images: Images = new SceneImages()): Reading {
  let ids = 0
  return { tally: new Tally(), lineWidth, images, groups: new Map(), newId: () => `i${ids++}` }
}

export function imported(shapes: readonly KnownShape[], { tally, lineWidth, images }: Reading): Imported {
  const bounds = unionOf(shapes.map(shape => shapeBounds(shape, lineWidth)))
  return { shapes, bounds, images: images.used, notices: tally.notices() }
}
