import { STYLE, type TextStyle } from '../../shared/geometry/marks.ts'
import { type FontName, inReadingOrder } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { base64Of } from './base64.ts'
import type { DrawnPicture, DrawnShape, DrawnText, Picture, Sheet } from './drawn.ts'
import { svgMetadata } from './embedded.ts'

export interface SvgOptions {
  /** CSS families of the fonts. */
  readonly families: Readonly<Record<FontName, string>>
  /** The bytes of fonts as WOFF2, so that it looks the same everywhere. */
  readonly fonts: ReadonlyMap<FontName, Uint8Array>
  readonly pictures: ReadonlyMap<string, Picture>
  /** A drawing that it carries along; empty for none. */
  readonly scene: string
}

/** The picture as SVG. */
export function writeSvg({ box, background, shapes }: Sheet, options: SvgOptions): string {
  const [x, y, w, h] = [box.x, box.y, box.w, box.h].map(short)
  const clips = new Map<string, string>()
  const body = shapes.map(shape => shapeSvg(shape, options, clips))
  const defs = [...clips].map(([path, id]) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${x} ${y} ${w} ${h}">`,
    options.scene === '' ? '' : svgMetadata(options.scene),
    `<defs>${styleOf(shapes, options)}${defs.join('')}</defs>`,
    background === null ? '' : `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${background}"/>`,
    ...body,
    '</svg>',
  ]
  return `${parts.filter(Boolean).join('\n')}\n`
}

/** A hundredth of a unit is not seen. */
const short = (n: number): string => String(Math.round(n * 100) / 100)

/** The names by which the fonts in the file are called, so that none on the device is taken for them. */
const EMBEDDED = { hand: 'drift-hand', sans: 'drift-sans', mono: 'drift-mono' } as const

/** Which weights a font has itself; a browser thickens the letters of the others. */
const WEIGHTS = { hand: '', sans: 'font-weight:100 900;', mono: 'font-weight:100 800;' } as const

function styleOf(shapes: readonly DrawnShape[], { fonts }: SvgOptions): string {
  const used = new Set(shapes.flatMap(({ texts }) => texts.map(({ font }) => font)))
  const faces = [...used].flatMap(font => {
    const bytes = fonts.get(font)
    if (!bytes) return []
    const src = `url(data:font/woff2;base64,${base64Of(bytes)}) format('woff2')`
    return [`@font-face{font-family:${EMBEDDED[font]};${WEIGHTS[font]}src:${src}}`]
  })
  return faces.length === 0 ? '' : `<style>${faces.join('')}</style>`
}

function shapeSvg(shape: DrawnShape, options: SvgOptions, clips: Map<string, string>): string {
  const { areas, texts, picture } = shape
  const parts = [
    ...areas.map(({ contour, colour }) => `<path d="${pathOf(contour)}" fill="${colour}"/>`),
    picture ? pictureSvg(picture, options.pictures.get(picture.asset)) : '',
    ...texts.map(text => textSvg(text, options)),
  ]
  const inner = `<g${attributesOf(shape)}>${parts.join('')}</g>`
  const linked = shape.link === '' ? inner : `<a href="${escaped(shape.link)}">${inner}</a>`
  return shape.clips.reduce(
    (svg, polygon) => `<g clip-path="url(#${clipId(polygon, clips)})">${svg}</g>`,
    linked,
  )
}

function attributesOf({ pos, rot, centre, opacity }: DrawnShape): string {
  const turn = rot === 0 ? '' : `rotate(${short((rot * 180) / Math.PI)} ${centre.map(short).join(' ')}) `
  const transform = ` transform="${turn}translate(${pos.map(short).join(' ')})"`
  const seen = opacity === 1 ? '' : ` opacity="${short(opacity)}"`
  return `${transform}${seen}`
}

function clipId(polygon: readonly Vec[], clips: Map<string, string>): string {
  const path = pathOf(polygon)
  const id = clips.get(path) ?? `clip-${clips.size}`
  clips.set(path, id)
  return id
}

const pathOf = (contour: readonly Vec[]): string =>
  contour.length === 0 ? '' : `M${contour.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}Z`

function textSvg({ font, fontSize, colour, lines }: DrawnText, { families }: SvgOptions): string {
  const family = escaped(`${EMBEDDED[font]}, ${families[font]}`)
  const texts = inReadingOrder(lines.map(({ text }) => text))
  const words = lines.map(
    ({ x, y, style = 0 }, i) =>
      `<tspan x="${short(x)}" y="${short(y)}"${faceOf(style)}>${escaped(texts[i] ?? '') || ' '}</tspan>`,
  )
  return `<text xml:space="preserve" font-family="${family}" font-size="${short(fontSize)}" fill="${colour}">${words.join('')}</text>`
}

const faceOf = (style: TextStyle): string =>
  `${style & STYLE.bold ? ' font-weight="700"' : ''}${style & STYLE.italic ? ' font-style="italic"' : ''}`

function pictureSvg({ size, flip, crop }: DrawnPicture, picture: Picture | undefined): string {
  if (!picture) return ''
  const [w, h] = size
  const [cx, cy, cw, ch] = crop
  const mirror = `translate(${flip[0] ? short(w) : 0} ${flip[1] ? short(h) : 0}) scale(${flip[0] ? -1 : 1} ${flip[1] ? -1 : 1})`
  const href = `data:${picture.mime};base64,${base64Of(picture.bytes)}`
  const whole = [-cx * (w / cw), -cy * (h / ch), w / cw, h / ch].map(short)
  const image = `<image x="${whole[0]}" y="${whole[1]}" width="${whole[2]}" height="${whole[3]}" preserveAspectRatio="none" href="${href}"/>`
  return `<svg width="${short(w)}" height="${short(h)}" overflow="hidden"><g transform="${mirror}">${image}</g></svg>`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Without what XML cannot hold. */
const escaped = (text: string): string =>
  text
    .replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replace(/[&<>"]/g, char => ESCAPES[char] ?? '')
