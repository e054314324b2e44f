import { type Random, randomInt } from '../../../shared/util/random.ts'

/** Birds and beasts of the water's edge: short, friendly, and nobody's real name. */
const NAMES = [
  'Otter',
  'Heron',
  'Beaver',
  'Kingfisher',
  'Newt',
  'Puffin',
  'Seal',
  'Plover',
  'Turtle',
  'Dipper',
  'Swan',
  'Walrus',
] as const

/** Readable with white letters on them, and apart from each other for most colour-blind people. */
const COLOURS = [
  '#c2410c',
  '#0f766e',
  '#6d28d9',
  '#be123c',
  '#1d4ed8',
  '#4d7c0f',
  '#a21caf',
  '#0369a1',
  '#92400e',
] as const

/** A name and a colour for somebody who has chosen none yet. */
export function guest(random: Random): { readonly name: string; readonly colour: string } {
  return {
    name: NAMES[randomInt(random, NAMES.length)] as string,
    colour: COLOURS[randomInt(random, COLOURS.length)] as string,
  }
}
