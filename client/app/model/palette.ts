import { DEFAULT_STROKE } from '../../../shared/shapes/common.ts'

/** A colour to choose, with the name that a screen reader says. */
export interface Swatch {
  readonly name: string
  /** As seen on the light theme. */
  readonly colour: string
}

export const STROKES: readonly Swatch[] = [
  { name: 'Black', colour: DEFAULT_STROKE },
  { name: 'Grey', colour: '#868e96' },
  { name: 'Red', colour: '#e03131' },
  { name: 'Orange', colour: '#f08c00' },
  { name: 'Green', colour: '#2f9e44' },
  { name: 'Teal', colour: '#0c8599' },
  { name: 'Blue', colour: '#1971c2' },
  { name: 'Violet', colour: '#6741d9' },
  { name: 'Pink', colour: '#c2255c' },
]

export const FILLS: readonly Swatch[] = [
  { name: 'None', colour: 'transparent' },
  { name: 'Grey', colour: '#e9ecef' },
  { name: 'Red', colour: '#ffc9c9' },
  { name: 'Orange', colour: '#ffe8a3' },
  { name: 'Green', colour: '#b2f2bb' },
  { name: 'Teal', colour: '#a7ece8' },
  { name: 'Blue', colour: '#a5d8ff' },
  { name: 'Violet', colour: '#d0bfff' },
  { name: 'Pink', colour: '#fcc2d7' },
]

export interface Step {
  readonly name: string
  /** S, M, L, XL */
  readonly short: string
  readonly value: number
}

/** Stroke widths, world units. */
export const WIDTHS: readonly Step[] = [
  { name: 'Thin', short: 'S', value: 1 },
  { name: 'Medium', short: 'M', value: 2 },
  { name: 'Bold', short: 'L', value: 4 },
  { name: 'Extra bold', short: 'XL', value: 8 },
]

/** Font sizes, world units per em. */
export const FONT_SIZES: readonly Step[] = [
  { name: 'Small', short: 'S', value: 16 },
  { name: 'Medium', short: 'M', value: 20 },
  { name: 'Large', short: 'L', value: 28 },
  { name: 'Extra large', short: 'XL', value: 40 },
]

/** The radius that "round" gives a rectangle's corners, world units. */
export const ROUND_CORNER = 12
