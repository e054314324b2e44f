/**
 * A CSS colour as `#rrggbb`, `#rrggbbaa` or `transparent`, or undefined when it is none of: a hex colour, a name,
 * rgb(), rgba(), hsl(), hsla(), in the old syntax with commas or the new one without.
 */
export function parseCssColour(css: string): string | undefined {
  // Longer than any colour: not worth a look.
  if (css.length > 100) return undefined
  const text = css.trim().toLowerCase()
  if (text === 'transparent') return 'transparent'
  if (text.startsWith('#')) return fromHex(text.slice(1))
  const call = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(text)
  if (call) return fromCall(call[1] as 'rgb' | 'hsl', call[2] as string)
  const named = NAMED.get(text)
  return named === undefined ? undefined : `#${named}`
}

function fromHex(digits: string): string | undefined {
  if (!/^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(digits)) return undefined
  const long = digits.length < 6 ? [...digits].map(digit => digit + digit).join('') : digits
  return long.endsWith('00') && long.length === 8 ? 'transparent' : `#${long.replace(/^(.{6})ff$/, '$1')}`
}

function fromCall(name: 'rgb' | 'hsl', inside: string): string | undefined {
  const [a = '', b = '', c = '', alpha = '1', ...rest] = inside.trim().split(/\s*[,/]\s*|\s+/)
  if (rest.length > 0) return undefined
  const rgb =
    name === 'rgb'
      ? [amount(a, 255), amount(b, 255), amount(c, 255)]
      : fromHsl(degrees(a), amount(b, 1), amount(c, 1))
  const opacity = amount(alpha, 1)
  if (opacity === undefined || !rgb?.every(part => part !== undefined)) return undefined
  return fromHex([...rgb, clamp(opacity, 1) * 255].map(part => hexByte(part as number)).join(''))
}

const clamp = (n: number, most: number): number => Math.max(0, Math.min(most, n))

const hexByte = (n: number): string => Math.round(clamp(n, 255)).toString(16).padStart(2, '0')

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|grad|rad|turn)?$/

/** A plain number, or a percentage of `whole`. */
function amount(text: string, whole: number): number | undefined {
  const [, digits, unit] = NUMBER.exec(text) ?? []
  if (digits === undefined) return undefined
  if (unit === '%') return (Number(digits) / 100) * whole
  return unit === undefined ? Number(digits) : undefined
}

const DEGREES: ReadonlyMap<string | undefined, number> = new Map([
  [undefined, 1],
  ['deg', 1],
  ['grad', 0.9],
  ['rad', 180 / Math.PI],
  ['turn', 360],
])

function degrees(text: string): number | undefined {
  const [, digits, unit] = NUMBER.exec(text) ?? []
  const one = DEGREES.get(unit)
  return digits === undefined || one === undefined ? undefined : Number(digits) * one
}

/** Source: CSS Color Module Level 4, 7.1 "Converting HSL Colors to sRGB". */
function fromHsl(h?: number, s?: number, l?: number): readonly number[] | undefined {
  if (h === undefined || s === undefined || l === undefined) return undefined
  const lightness = clamp(l, 1)
  const chroma = clamp(s, 1) * Math.min(lightness, 1 - lightness)
  return [0, 8, 4].map(n => {
    const k = (((n + h / 30) % 12) + 12) % 12
    return 255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  })
}

/** The named colours of CSS Color Module Level 4. */
const NAMED: ReadonlyMap<string, string> = new Map(
  `aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4
  black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0
  chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff
  darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9
  darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000
  darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f
  darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969
  dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc
  ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080
  honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa
  lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff
  lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1
  lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899
  lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000
  mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371
  mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585
  midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080
  oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa
  palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f
  pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f
  royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee
  sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa
  springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0
  violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32`
    .split(/\s+/)
    .reduce<[string, string][]>((pairs, word, i, words) => {
      if (i % 2 === 1) pairs.push([words[i - 1] as string, word])
      return pairs
    }, []),
)
