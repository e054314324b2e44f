export type PresentationAct = 'next' | 'previous' | 'first' | 'last' | 'laser' | 'fullscreen' | 'end'

const ACTS: Readonly<Record<string, PresentationAct>> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  Enter: 'next',
  ' ': 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  PageUp: 'previous',
  Backspace: 'previous',
  Home: 'first',
  End: 'last',
  Escape: 'end',
  f: 'fullscreen',
  l: 'laser',
  k: 'laser',
}

interface Press {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** What a key does in a presentation, as in other programs that show slides; undefined for nothing. */
export function presentationAct({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
}: Press): PresentationAct | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  if (shiftKey && key === ' ') return 'previous'
  return ACTS[key.length === 1 ? key.toLowerCase() : key]
}
