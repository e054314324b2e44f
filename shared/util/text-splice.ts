/** What must be replaced to turn one text into another; UTF-16 offsets that never split a character. */
export interface Splice {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

/**
 * The smallest splice that turns `before` into `after`. Where letters repeat, several would do: `caret`, the place in `after` where
 * somebody has just typed or removed something, tells which it was.
 */
export function textSplice(before: string, after: string, caret: number = after.length): Splice {
  const behind = before.endsWith(after.slice(caret)) ? after.length - caret : 0
  const shorter = Math.min(before.length, after.length) - behind
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  if (splitsPair(before, start) || splitsPair(after, start)) start -= 1
  let end = 0
  while (end < shorter + behind - start && before[before.length - 1 - end] === after[after.length - 1 - end])
    end += 1
  if (splitsPair(before, before.length - end) || splitsPair(after, after.length - end)) end -= 1
  return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) }
}

/** Whether `at` lies between the two halves of one character outside the basic plane. */
export const splitsPair = (text: string, at: number): boolean =>
  isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at), 0xdc00, 0xdfff)

const isBetween = (code: number, low: number, high: number): boolean => code >= low && code <= high
