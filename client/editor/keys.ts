/** What of a KeyboardEvent decides which shortcut it is. */
export interface KeyPress {
  /** The character that was typed, or the name of the key. */
  readonly key: string
  /** The physical key, named by its place on a US keyboard. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  /** Whether AltGr is held, where the browser tells. */
  getModifierState?(key: 'AltGraph'): boolean
}

interface Bound {
  readonly keys: readonly string[]
}

/**
 * The command that a key press stands for: by the typed character first, so that shortcuts follow the letters
 * printed on any Latin keyboard; else by the physical key, so that they work in layouts with other letters.
 */
export function commandFor<C extends Bound>(
  commands: readonly C[],
  press: KeyPress,
  isMac: boolean,
): C | undefined {
  return byKey(commands, press, isMac, typedKey(press)) ?? byKey(commands, press, isMac, physicalKey(press))
}

function byKey<C extends Bound>(
  commands: readonly C[],
  press: KeyPress,
  isMac: boolean,
  key: string | undefined,
): C | undefined {
  if (key === undefined) return undefined
  return commands.find(command => command.keys.some(pattern => matches(pattern, press, isMac, key)))
}

function matches(pattern: string, press: KeyPress, isMac: boolean, key: string): boolean {
  const { modifiers, key: wanted } = parsePattern(pattern)
  if (wanted !== key) return false
  // AltGr types characters and reports itself as ctrl and alt.
  const mayBeAltGr = press.ctrlKey && press.altKey && press.key.length === 1
  const isAltGr = mayBeAltGr && (press.getModifierState?.('AltGraph') ?? true)
  const mod = !isAltGr && (isMac ? press.metaKey : press.ctrlKey)
  const other = !isAltGr && (isMac ? press.ctrlKey : press.metaKey)
  const alt = !isAltGr && press.altKey
  // A character such as ? or + already says that shift was needed to type it.
  const isSymbol = wanted.length === 1 && !/[a-z0-9]/.test(wanted) && press.key === wanted
  return (
    mod === modifiers.has('mod') &&
    alt === modifiers.has('alt') &&
    !other &&
    (isSymbol || press.shiftKey === modifiers.has('shift'))
  )
}

function parsePattern(pattern: string): { readonly modifiers: ReadonlySet<string>; readonly key: string } {
  // In `mod++` the last plus is the key.
  const cut = pattern.lastIndexOf('+', pattern.length - 2)
  if (cut <= 0) return { modifiers: new Set(), key: pattern }
  return { modifiers: new Set(pattern.slice(0, cut).split('+')), key: pattern.slice(cut + 1) }
}

/** The key by what it types. Digits go by place: many layouts type them only with shift. */
export const typedKey = (press: KeyPress): string => digitOf(press) ?? press.key.toLowerCase()

/** Not with a num lock that is off: then the same keys are arrows. */
const digitOf = ({ key, code }: KeyPress): string | undefined =>
  key.length === 1 ? /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] : undefined

const PLACES: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
}

/** The key by its place, where what it types is no Latin letter; letters only where it types no ASCII at all. */
export function physicalKey({ key, code }: KeyPress): string | undefined {
  if (key.length !== 1 || /[a-z]/i.test(key)) return undefined
  const letter = key > '\u007f' ? /^Key([A-Z])$/.exec(code)?.[1] : undefined
  return letter?.toLowerCase() ?? PLACES[code]
}
