import * as v from 'valibot'

type Stored = v.GenericSchema<unknown>

/** A choice that this device keeps across pages, such as a theme: nothing that belongs to a board. */
export class DeviceMemory<S extends Stored> {
  readonly #key: string
  readonly #listeners = new Set<() => void>()
  #value: v.InferOutput<S>

  /** `key` names it in localStorage; `fallback` is there until something is chosen, or when what is stored is no such value. */
  constructor(key: string, schema: S, fallback: v.InferOutput<S>) {
    this.#key = key
    this.#value = fallback
    try {
      const text = localStorage.getItem(key)
      const known = text === null ? undefined : v.safeParse(schema, JSON.parse(text))
      if (known?.success) this.#value = known.output
    } catch {
      // Storage is switched off, or holds no JSON: the fallback stays.
    }
  }

  get value(): v.InferOutput<S> {
    return this.#value
  }

  set(value: v.InferOutput<S>): void {
    this.#value = value
    try {
      localStorage.setItem(this.#key, JSON.stringify(value))
    } catch {
      // Storage is switched off or full: the choice holds until the page closes.
    }
    for (const listener of this.#listeners) listener()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
