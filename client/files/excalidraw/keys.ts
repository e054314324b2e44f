import { LINE_HEIGHT, type LineWidth } from '../../../shared/geometry/text.ts'
import type { Lettered } from '../../../shared/shapes/common.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { marksData } from './marks.ts'
import type { Names } from './names.ts'

export type Json = Record<string, unknown>

/** What writing a scene needs throughout. */
export interface Writing {
  readonly names: Names
  readonly lineWidth: LineWidth
  /** Ids of what is bound to each shape: its label and arrows. */
  readonly bound: ReadonlyMap<string, readonly Json[]>
}

/** The keys that every element has. */
export function commonOf(shape: KnownShape, { names, bound }: Writing) {
  const id = names.id(shape.id) ?? shape.id
  return {
    id,
    angle: shape.rot,
    strokeColor: 'stroke' in shape ? shape.stroke : 'transparent',
    backgroundColor: 'fill' in shape ? shape.fill : 'transparent',
    fillStyle: FILL_NAMES['fillStyle' in shape ? shape.fillStyle : 'solid'],
    strokeWidth: 'width' in shape ? shape.width : 1,
    strokeStyle: 'dash' in shape ? shape.dash : 'solid',
    roughness: 'roughness' in shape ? shape.roughness : 0,
    opacity: percent(shape.opacity),
    groupIds: shape.groups.flatMap(group => names.group(group) ?? []),
    frameId: names.id(shape.frame) ?? null,
    roundness: null,
    seed: seedOf(id),
    version: 1,
    versionNonce: seedOf(`${id} version`),
    isDeleted: false,
    boundElements: bound.get(shape.id) ?? null,
    updated: 1,
    link: shape.link === '' ? null : shape.link,
    locked: shape.locked,
  }
}

const FILL_NAMES = { solid: 'solid', hachure: 'hachure', cross: 'cross-hatch', dots: 'dots' } as const

/** A number that is always the same for an id, as two exports of one board are equal. FNV-1a. */
export function seedOf(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return (hash >>> 1) + 1
}

export const percent = (share: number): number => Math.round(share * 1e4) / 100

/** Excalidraw's numbers of font families. */
const FAMILIES = { hand: 5, sans: 2, mono: 3 } as const

export const letterKeys = ({ font, fontSize, text, marks }: Lettered, lines: readonly string[]): Json => ({
  text: lines.join('\n'),
  originalText: text,
  fontSize,
  fontFamily: FAMILIES[font],
  lineHeight: LINE_HEIGHT,
  customData: marksData(text, marks),
})
