import * as Y from 'yjs'
import type { TextAnchor } from './board.ts'

/** The place before the character at `offset` (UTF-16), held by the character on its left. */
export function anchorAt(text: Y.Text, offset: number): TextAnchor {
  const { item } = Y.createRelativePositionFromTypeIndex(
    text,
    Math.max(0, Math.min(offset, text.length)),
    LEFT,
  )
  return item ? [item.client, item.clock] : 'start'
}

/** Where an anchor is by now; undefined for one that this text does not know, or not yet. Never throws. */
export function offsetOf(text: Y.Text, anchor: TextAnchor): number | undefined {
  if (anchor === 'start') return 0
  if (!text.doc) return undefined
  const [client, clock] = anchor
  const place = Y.createRelativePositionFromJSON({ item: { client, clock }, assoc: LEFT })
  const found = Y.createAbsolutePositionFromRelativePosition(place, text.doc)
  return found?.type === text ? found.index : undefined
}

/** Yjs's mark for a place that goes with what is on its left: one's caret stays behind what one typed. */
const LEFT = -1
