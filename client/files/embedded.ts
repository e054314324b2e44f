import { strFromU8, strToU8, zlibSync } from 'fflate'
import * as v from 'valibot'
import { base64Of, bytesOfBase64 } from './base64.ts'
import { MAX_FILE_BYTES } from './content.ts'
import { isPng, textUnder, unpacked, withText } from './png-chunks.ts'

/*
 * Pictures that hold the drawing that they show, so that they open again: ours, and Excalidraw's. Excalidraw packs a drawing with
 * zlib and writes the bytes as the characters of a text ("bstring"): under a keyword of a PNG, or as base64 in a comment of an SVG.
 */

const KEYWORD = 'driftboard.scene'
const EXCALIDRAW_KEYWORD = 'application/vnd.excalidraw+json'

/** Bytes of an SVG in which its root begins. */
const SVG_HEAD = 4096

const isSvg = (bytes: Uint8Array): boolean =>
  /<svg[\s>]/i.test(new TextDecoder().decode(bytes.subarray(0, SVG_HEAD)))

/** The PNG with a drawing in it, as `sceneText` writes it. */
export const pngWithScene = (png: Uint8Array, scene: string): Uint8Array<ArrayBuffer> =>
  withText(png, KEYWORD, scene)

/** What an SVG has in it for a drawing. */
export const svgMetadata = (scene: string): string =>
  `<metadata><!-- ${KEYWORD}:${base64Of(zlibSync(strToU8(scene)))} --></metadata>`

const OURS = new RegExp(`<!-- ${KEYWORD.replace('.', '\\.')}:([A-Za-z0-9+/=]+) -->`)
const THEIRS = /<!-- payload-start -->\s*([A-Za-z0-9+/=]+)\s*<!-- payload-end -->/

/** The drawing that a picture holds, as the text of a file; undefined where it holds none that can be read. */
export function drawingIn(bytes: Uint8Array): string | undefined {
  if (isPng(bytes)) {
    const own = textUnder(bytes, KEYWORD, MAX_FILE_BYTES)
    return own ?? bstring(textUnder(bytes, EXCALIDRAW_KEYWORD, MAX_FILE_BYTES))
  }
  return isSvg(bytes) ? drawingInSvg(new TextDecoder().decode(bytes)) : undefined
}

function drawingInSvg(svg: string): string | undefined {
  const own = OURS.exec(svg)?.[1]
  if (own !== undefined) return textOfBytes(() => unpacked(bytesOfBase64(own) ?? NONE, MAX_FILE_BYTES))
  const theirs = THEIRS.exec(svg)?.[1]
  const bytes = theirs === undefined ? undefined : bytesOfBase64(theirs)
  // Newer ones are packed characters of one byte; older ones are UTF-8, and so are those of other programs.
  return bytes && (unwrapped(strFromU8(bytes, true)) ?? bstring(textOfBytes(() => bytes)))
}

const NONE = new Uint8Array()

function textOfBytes(bytes: () => Uint8Array): string | undefined {
  try {
    return strFromU8(bytes())
  } catch {
    return undefined
  }
}

const wrapper = v.object({ encoded: v.string(), compressed: v.fallback(v.boolean(), true) })

/** The drawing in Excalidraw's wrapper; older pictures have it bare. */
const bstring = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : (unwrapped(text) ?? text)

/** Undefined for a text that is no wrapper. */
function unwrapped(text: string): string | undefined {
  const parsed = v.safeParse(wrapper, parsedJson(text))
  if (!parsed.success) return undefined
  const { encoded, compressed } = parsed.output
  return textOfBytes(() => {
    const bytes = strToU8(encoded, true)
    return compressed ? unpacked(bytes, MAX_FILE_BYTES) : bytes
  })
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
