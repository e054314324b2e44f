import * as v from 'valibot'
import type { Theme } from '../../render/colour.ts'

const Choice = v.picklist(['system', 'light', 'dark'])
/** What the person chose on this device; `system` follows what the operating system prefers. */
export type ThemeChoice = v.InferOutput<typeof Choice>

export const isThemeChoice = (value: unknown): value is ThemeChoice => v.is(Choice, value)

const Contrast = v.picklist(['system', 'more'])
/** `more` for stronger lines and letters than the operating system asks for. */
export type ContrastChoice = v.InferOutput<typeof Contrast>

/** In localStorage. public/theme.js reads both too, before the first paint. */
const THEME_KEY = 'driftboard:theme'
const CONTRAST_KEY = 'driftboard:contrast'

/** Remembers the chosen theme on this device and puts it on `<html>`. */
export class ThemeStore {
  #choice: ThemeChoice
  #contrast: ContrastChoice
  readonly #listeners = new Set<() => void>()
  readonly #prefersDark = matchMedia('(prefers-color-scheme: dark)')
  readonly #prefersMore = matchMedia('(prefers-contrast: more)')

  constructor() {
    this.#choice = stored(THEME_KEY, Choice)
    this.#contrast = stored(CONTRAST_KEY, Contrast)
    for (const query of [this.#prefersDark, this.#prefersMore])
      query.addEventListener('change', () => this.#changed())
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

  get contrast(): ContrastChoice {
    return this.#contrast
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice
    store(THEME_KEY, choice)
    this.#changed()
  }

  chooseContrast(contrast: ContrastChoice): void {
    this.#contrast = contrast
    store(CONTRAST_KEY, contrast)
    this.#changed()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #changed(): void {
    const { dataset } = document.documentElement
    if (this.#choice === 'system') delete dataset.theme
    else dataset.theme = this.#choice
    if (this.#contrast === 'more' || this.#prefersMore.matches) dataset.contrast = 'more'
    else delete dataset.contrast
    for (const listener of this.#listeners) listener()
  }
}

function stored<T extends string>(
  key: string,
  choices: v.GenericSchema<unknown, T | 'system'>,
): T | 'system' {
  try {
    return v.parse(v.fallback(choices, 'system'), localStorage.getItem(key))
  } catch {
    return 'system'
  }
}

function store(key: string, choice: string): void {
  try {
    localStorage.setItem(key, choice)
  } catch {
    // Storage is switched off or full: the choice holds until the page closes.
  }
}
