import { type Box, boxContainsPoint } from '../geometry/box.ts'
import type { Vec } from '../geometry/vec.ts'
import { boxOf } from './boxed.ts'
import type { Common, Sized } from './common.ts'

/**
 * Stands for a shape that this client cannot read: of an unknown type, of a newer schema, or broken by a
 * concurrent merge. It is shown as a locked placeholder, and the document keeps what it holds.
 */
export interface Unreadable extends Common, Sized {
  readonly type: 'unreadable'
  /** Why, for the person: names the type or the key. */
  readonly reason: string
}

export const unreadableBox = (shape: Unreadable): Box => boxOf(shape)
export const touchesUnreadable = (shape: Unreadable, p: Vec): boolean => boxContainsPoint(boxOf(shape), p)
