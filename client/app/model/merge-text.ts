import { textSplice } from '../../../shared/util/text-splice.ts'
import { mapCaret } from '../../editor/text-edit.ts'

/**
 * What a person typed from `before` to `typed`, put onto `now`, into which others have turned `before` meanwhile.
 * Equal to `typed` when nobody did. `caret` is where in `typed` the person did it. The words that an input method composed come in this way too.
 */
export function mergeTyped(before: string, typed: string, now: string, caret?: number): string {
  if (now === before) return typed
  const { at, remove, insert } = textSplice(before, typed, caret)
  const theirs = textSplice(before, now)
  // What others put right before the letters that are replaced, or among them, stays.
  if (remove > 0 && theirs.at >= at && theirs.at + theirs.remove <= at + remove) {
    const words = theirs.at === at ? theirs.insert + insert : insert + theirs.insert
    return before.slice(0, at) + words + before.slice(at + remove)
  }
  const from = mapCaret(before, now, at)
  const to = Math.max(from, mapCaret(before, now, at + remove))
  return now.slice(0, from) + insert + now.slice(to)
}
