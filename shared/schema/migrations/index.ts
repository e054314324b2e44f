import { type Migration, NOTHING, type RawKeys } from './migration.ts'
import { v1ToV2 } from './v1_to_v2.ts'
import { v2ToV3 } from './v2_to_v3.ts'

/** Every step of the document model, in order. A new version is a file beside this, a line here, and SCHEMA_VERSION. */
export const MIGRATIONS: readonly Migration[] = [v1ToV2, v2ToV3]

/** The keys of a shape to write so that it is of this version; none for one that is. */
export const shapeUpgrade = (keys: RawKeys): RawKeys => upgrade(keys, (step, current) => step.shape(current))

/** As `shapeUpgrade`, of `meta`. */
export const metaUpgrade = (keys: RawKeys): RawKeys => upgrade(keys, (step, current) => step.meta(current))

/** A shape as it is once it is upgraded. */
export function upgradedShape(keys: RawKeys): RawKeys {
  const changes = shapeUpgrade(keys)
  return changes.size === 0 ? keys : new Map([...keys, ...changes])
}

function upgrade(keys: RawKeys, run: (step: Migration, current: RawKeys) => RawKeys): RawKeys {
  let changes = NOTHING
  let current = keys
  for (const step of MIGRATIONS) {
    const written = run(step, current)
    if (written.size === 0) continue
    changes = new Map([...changes, ...written])
    current = new Map([...current, ...written])
  }
  return changes
}
