import hand from '@fontsource/patrick-hand/files/patrick-hand-latin-400-normal.woff2?url'
import sans from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import mono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url'
import { forgetLineWidths } from './line-width.ts'

/** The Latin letters that the bundled files hold; other letters must not wait for them. */
const LATIN =
  'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, ' +
  'U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD'

const FACES = [
  { family: 'Patrick Hand', url: hand, weight: '400' },
  { family: 'Inter Variable', url: sans, weight: '100 900' },
  { family: 'JetBrains Mono Variable', url: mono, weight: '100 800' },
] as const

/**
 * Loads the bundled fonts. Settles, and never throws, when each is ready or could not be had: then its fallback
 * is used. Text that was measured or drawn before has to be measured and drawn again.
 */
export async function loadFonts(): Promise<void> {
  await Promise.allSettled(
    FACES.map(async ({ family, url, weight }) => {
      const face = new FontFace(family, `url("${url}") format("woff2")`, { weight, unicodeRange: LATIN })
      document.fonts.add(face)
      await face.load()
    }),
  )
  forgetLineWidths()
}
