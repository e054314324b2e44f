import * as v from 'valibot'
import { DeviceMemory } from './device-memory.ts'

const Colours = v.array(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/)))

/** A row of the palette. */
const MOST = 5

/** Colours beside the palette that the person picked last on this device, the newest first. */
export class RecentColours extends DeviceMemory<typeof Colours> {
  constructor() {
    super('driftboard:colours', Colours, [])
  }

  add(colour: string): void {
    this.set([colour, ...this.value.filter(each => each !== colour)].slice(0, MOST))
  }
}
