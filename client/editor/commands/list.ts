import { type KeyMap, withKeys } from '../key-map.ts'
import type { Tools } from '../types.ts'
import type { Command } from './command.ts'
import { commandsFor } from './index.ts'

/** The commands of an editor, with the keys that the person has for them. */
export class CommandList {
  readonly #own: readonly Command[]
  #bound: readonly Command[]

  constructor(tools: Tools) {
    this.#own = commandsFor(tools)
    this.#bound = this.#own
  }

  get all(): readonly Command[] {
    return this.#bound
  }

  bind(keys: KeyMap): void {
    this.#bound = withKeys(this.#own, keys)
  }

  /** Throws a RangeError for an id that is none. */
  find(id: string): Command {
    const command = this.#bound.find(known => known.id === id)
    if (!command) throw new RangeError(`There is no command "${id}".`)
    return command
  }
}
