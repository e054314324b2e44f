import type { Vec } from '../geometry/vec.ts'
import { LIMITS } from './limits.ts'
import { type Prop, prop } from './prop.ts'

/** What somebody says about a place on the board, about a shape, or in answer to another comment. */
export interface Comment {
  readonly id: string
  /** The name that its writer goes by. Nobody vouches for it: links have no accounts. */
  readonly author: string
  readonly text: string
  /** ms since the epoch. */
  readonly at: number
  /** World space; null for a comment on a shape and for an answer. */
  readonly pos: Vec | null
  readonly shape: string | null
  /** The comment that it answers. */
  readonly parent: string | null
  readonly resolved: boolean
}

/** A comment in the document: a map whose keys merge independently. Its text is replaced as a whole, by its writer. */
export const commentProps = {
  author: prop.line(1, LIMITS.authorLength),
  text: prop.line(1, LIMITS.commentLength),
  at: prop.time,
  pos: prop.optional(prop.pos),
  shape: prop.optional(prop.id),
  parent: prop.optional(prop.id),
  resolved: prop.flag(false),
} as const satisfies { readonly [K in Exclude<keyof Comment, 'id'>]: Prop<Comment[K]> }
