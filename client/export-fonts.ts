import hand from '@fontsource/patrick-hand/files/patrick-hand-latin-400-normal.woff2?url'
import sans from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import mono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url'
import type { FontName } from '../shared/geometry/text.ts'
import type { Sheet } from './files/drawn.ts'

const URLS: Readonly<Record<FontName, string>> = { hand, sans, mono }

/** The bytes of the fonts that the sheets use, as WOFF2. One that cannot be had is left out. */
export async function usedFonts(sheets: readonly Sheet[]): Promise<ReadonlyMap<FontName, Uint8Array>> {
  const used = new Set(
    sheets.flatMap(({ shapes }) => shapes.flatMap(({ texts }) => texts.map(({ font }) => font))),
  )
  const fonts = new Map<FontName, Uint8Array>()
  for (const name of used) {
    const response = await fetch(URLS[name]).catch(() => undefined)
    if (response?.ok) fonts.set(name, new Uint8Array(await response.arrayBuffer()))
  }
  return fonts
}
