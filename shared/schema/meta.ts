import { LIMITS } from './limits.ts'
import { prop } from './prop.ts'
import { SCHEMA_VERSION } from './read.ts'

/** What the board itself is told about. A newer schema than this version's is for newer versions to write. */
export const metaProps = {
  title: prop.line(0, LIMITS.titleLength),
  schema: prop.count(SCHEMA_VERSION),
  /** When the board was made. */
  created: prop.time,
} as const
