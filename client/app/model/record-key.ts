import { commandFor, type KeyPress, physicalKey, typedKey } from '../../editor/keys.ts'

/** Keys by which dialogs and buttons are operated, or which are held while the pointer does something. */
const TAKEN: ReadonlySet<string> = new Set([
  ...[
    'escape',
    'tab',
    'enter',
    ' ',
    'shift',
    'control',
    'alt',
    'altgraph',
    'meta',
    'capslock',
    'dead',
    'process',
  ],
  ...['unidentified', 'contextmenu'],
])

/** The shortcut that `press` would be, as `Command.keys` has it; undefined for what cannot be one. */
export function patternOf(press: KeyPress, onMac: boolean): string | undefined {
  const { ctrlKey, metaKey, shiftKey, altKey } = press
  const typed = typedKey(press)
  const isAltGr = ctrlKey && altKey && press.key.length === 1
  const other = onMac ? ctrlKey : metaKey
  if (TAKEN.has(typed) || (other && !isAltGr)) return undefined
  // What alt types on a Mac, and letters that are not Latin, are said by their place.
  const key = typed > '\u007f' ? (physicalKey(press) ?? typed) : typed
  const isSymbol = key.length === 1 && !/[a-z0-9]/.test(key) && press.key === key
  const parts = [
    ...(!isAltGr && (onMac ? metaKey : ctrlKey) ? ['mod'] : []),
    ...(!isAltGr && altKey ? ['alt'] : []),
    ...(shiftKey && !isSymbol ? ['shift'] : []),
    key,
  ]
  return parts.join('+')
}

interface Bound {
  readonly id: string
  readonly keys: readonly string[]
}

/** `keys` without those that `press` would be. */
export const keysWithout = (keys: readonly string[], press: KeyPress, onMac: boolean): readonly string[] =>
  keys.filter(each => commandFor([{ keys: [each] }], press, onMac) === undefined)

/** The other command that `press` stands for now. */
export const ownerOf = <C extends Bound>(
  commands: readonly C[],
  press: KeyPress,
  onMac: boolean,
  id: string,
): C | undefined =>
  commandFor(
    commands.filter(command => command.id !== id),
    press,
    onMac,
  )
