export type Theme = 'light' | 'dark'

/** A colour as the GPU takes it. */
export interface Paint {
  /** 0xrrggbb */
  readonly rgb: number
  readonly alpha: number
}

type Rgb = readonly [r: number, g: number, b: number]

/**
 * The colour that a stored colour is shown in. Documents hold colours as seen on the light theme; on the dark one
 * lightness is turned over and the hue kept, so that the default near-black ink becomes near-white.
 * Takes and returns `#rrggbb`, `#rrggbbaa` or `transparent`.
 */
export function shownColour(colour: string, theme: Theme): string {
  if (theme === 'light' || colour === 'transparent') return colour
  const known = turned.get(colour)
  if (known) return known
  const shown = `${hex(turnLightness(rgbOf(colour)))}${colour.slice(7)}`
  if (turned.size >= REMEMBERED) turned.clear()
  turned.set(colour, shown)
  return shown
}

const turned = new Map<string, string>()
/** A board uses a few dozen colours; this many are kept before starting over. */
const REMEMBERED = 500

/** `#rrggbb`, `#rrggbbaa` or `transparent` as numbers. */
export function paintOf(colour: string): Paint {
  if (colour === 'transparent') return { rgb: 0, alpha: 0 }
  const alpha = colour.length > 7 ? Number.parseInt(colour.slice(7, 9), 16) / 255 : 1
  return { rgb: Number.parseInt(colour.slice(1, 7), 16), alpha }
}

/** Black or white, whichever reads better on `colour` by WCAG's contrast ratio. */
export function readableOn(colour: string): '#000000' | '#ffffff' {
  return (luminance(colour) + 0.05) ** 2 > 0.05 * 1.05 ? '#000000' : '#ffffff'
}

/** WCAG's contrast ratio of two colours, `#rrggbb`: 1 for the same, 21 for black on white. */
export function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((one, other) => one - other) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [r, g, b] = rgbOf(colour).map(linear) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const linear = (channel: number): number => {
  const c = channel / 255
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

const rgbOf = (colour: string): Rgb => [
  Number.parseInt(colour.slice(1, 3), 16),
  Number.parseInt(colour.slice(3, 5), 16),
  Number.parseInt(colour.slice(5, 7), 16),
]

const hex = (rgb: Rgb): string =>
  `#${rgb
    .map(c =>
      Math.round(Math.max(0, Math.min(255, c)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** How light white and black become. White turns into the dark of a raised panel, not into a hole. */
const FROM_WHITE = 0.13
const FROM_BLACK = 1

/** How much each channel adds to the luma (ITU-R BT.601). */
const LUMA: Rgb = [0.299, 0.587, 0.114]

/**
 * Lightness is taken halfway between HSL's and luma, so that yellow counts as light and blue as dark. The chroma
 * stays, not the saturation: a pastel turns into a muted dark rather than a glowing one.
 */
function turnLightness(rgb: Rgb): Rgb {
  const max = Math.max(...rgb)
  const min = Math.min(...rgb)
  const luma = weighted(rgb) / 255
  const lightness = FROM_BLACK + (FROM_WHITE - FROM_BLACK) * ((luma + (max + min) / 510) / 2)
  const hue = rgb.map(c => (max === min ? 0.5 : (c - min) / (max - min))) as unknown as Rgb
  const chroma = Math.min((max - min) / 255, 1 - Math.abs(2 * lightness - 1))
  const middle = lightness - (chroma * (weighted(hue) - 0.5)) / 2
  return hue.map(share => 255 * (middle + chroma * (share - 0.5))) as unknown as Rgb
}

const weighted = ([r, g, b]: Rgb): number => r * LUMA[0] + g * LUMA[1] + b * LUMA[2]
