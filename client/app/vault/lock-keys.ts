/** What locks the boards at once. Pressed by the place of the letter, since layouts print others with these two held. */
export const LOCK_KEYS = 'ctrl+alt+l'

export const isLockKey = ({ ctrlKey, altKey, shiftKey, metaKey, code }: KeyboardEvent): boolean =>
  ctrlKey && altKey && !shiftKey && !metaKey && code === 'KeyL'
