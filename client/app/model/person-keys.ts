import * as v from 'valibot'
import type { KeyMap } from '../../editor/key-map.ts'
import { DeviceMemory } from './device-memory.ts'

/** A hand-edited store may hold anything; a shortcut is short, and few fit on a row. */
const Keys = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(40))), v.maxLength(8))

/** The keys that the person gave to commands on this device. */
export class PersonKeys extends DeviceMemory<v.GenericSchema<unknown, KeyMap>> {
  constructor() {
    super('driftboard:keys', v.record(v.string(), Keys), {})
  }

  give(command: string, keys: readonly string[]): void {
    this.set({ ...this.value, [command]: keys })
  }

  /** Gives a command its own keys back. */
  reset(command: string): void {
    const { [command]: _, ...rest } = this.value
    this.set(rest)
  }
}
