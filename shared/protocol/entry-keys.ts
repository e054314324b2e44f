import * as Y from 'yjs'
import { commentProps } from '../schema/comment.ts'
import { metaProps } from '../schema/meta.ts'
import { isRequired, isStorable, type Prop, type Props } from '../schema/prop.ts'
import { propsOf } from '../schema/read.ts'
import { SHAPE_TYPES } from '../shapes/index.ts'

interface Key {
  readonly prop: Prop<unknown>
  /** A bit of its own for each key that must be there, else 0. */
  readonly bit: number
}

/** What a map in the document may hold. A Map, as the names that clients send are slow to find in an object. */
export interface Keys {
  readonly byName: ReadonlyMap<string, Key>
  /** The bits of all that must be there. */
  readonly required: number
}

function keysIn(props: Props): Keys {
  let required = 0
  const byName = new Map<string, Key>()
  for (const [name, prop] of Object.entries(props)) {
    const bit = isRequired(prop) ? required + 1 : 0
    byName.set(name, { prop, bit })
    required |= bit
  }
  return { byName, required }
}

export const META_KEYS = keysIn(metaProps)
export const COMMENT_KEYS = keysIn(commentProps)

/** For a shape whose type cannot be read: nobody may write to it. */
export const NO_KEYS = keysIn({})

const byType = new Map<unknown, Keys>(SHAPE_TYPES.map(type => [type, keysIn(propsOf(type))]))

/** What a shape may hold whose type is said to be this; undefined when it is none. */
export const shapeKeys = (type: unknown): Keys | undefined => byType.get(type)

/** What means the same in every shape, so that nobody need look for the type of one that is moved. */
export const COMMON_KEYS = keysIn(
  Object.fromEntries(
    Object.entries(propsOf('rectangle')).filter(([name, prop]) =>
      SHAPE_TYPES.every(type => propsOf(type)[name] === prop),
    ),
  ),
)

/** The names of the keys that must be there and are not among some. */
export const missingKeys = ({ byName }: Keys, came: number): string[] =>
  [...byName].filter(([, { bit }]) => (bit & ~came) !== 0).map(([name]) => name)

/** Whether content may stand under a key. Values that the same writer put there one after another may be one. */
export function fits({ prop }: Key, content: Y.Item['content']): boolean {
  if (content instanceof Y.ContentDeleted) return true
  if (prop.isText) return content instanceof Y.ContentType
  if (content instanceof Y.ContentBinary) return isStorable(prop, content.content)
  if (!(content instanceof Y.ContentAny)) return false
  for (const value of content.arr) if (!isStorable(prop, value)) return false
  return true
}
