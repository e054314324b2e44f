import * as v from 'valibot'
import type { Theme } from '../../render/colour.ts'

const Choice = v.picklist(['system', 'light', 'dark'])
/** What the person chose on this device; `system` follows what the operating system prefers. */
export type ThemeChoice = v.InferOutput<typeof Choice>

/** In localStorage. public/theme.js reads it too, before the first paint. */
const THEME_KEY = 'driftboard:theme'

/** Remembers the chosen theme on this device and puts it on `<html>`. */
export class ThemeStore {
  #choice: ThemeChoice
  readonly #listeners = new Set<() => void>()
  readonly #prefersDark = matchMedia('(prefers-color-scheme: dark)')

  constructor() {
    this.#choice = readChoice()
    this.#prefersDark.addEventListener('change', () => this.#changed())
    this.#changed()
  }

  get choice(): ThemeChoice {
    return this.#choice
  }

  /** The theme that is shown. */
  get theme(): Theme {
    if (this.#choice !== 'system') return this.#choice
    return this.#prefersDark.matches ? 'dark' : 'light'
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice
    try {
      localStorage.setItem(THEME_KEY, choice)
    } catch {
      // Storage is switched off or full: the choice holds until the page closes.
    }
    this.#changed()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #changed(): void {
    if (this.#choice === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = this.#choice
    for (const listener of this.#listeners) listener()
  }
}

function readChoice(): ThemeChoice {
  try {
    return v.parse(v.fallback(Choice, 'system'), localStorage.getItem(THEME_KEY))
  } catch {
    return 'system'
  }
}
