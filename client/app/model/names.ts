/**
 * A name that somebody else wrote, fit to stand in a sentence: on one line, and without what would turn the words around it
 * about. Empty when nothing of it can be seen.
 */
export function plainName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, ' ').trim()
  return /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(plain) ? '' : plain
}

/** One or two letters that stand for a name: its first and its last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const first = words[0]
  if (first === undefined) return '?'
  const last = words.length > 1 ? words[words.length - 1] : undefined
  return (firstLetter(first) + (last ? firstLetter(last) : '')).toLocaleUpperCase()
}

/** The first character as a person sees it, so that neither an emoji nor an accent is torn. */
function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)
  return first?.segment ?? ''
}
