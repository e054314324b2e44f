import { type Migration, NOTHING } from './migration.ts'

/**
 * Version 3 has more types (pages, frames, notes, figures) and more keys: bindings and labels of arrows, dashes, patterns, locks.
 * Nothing that version 2 wrote reads otherwise, so only the version is written: an older app must not work on what it cannot see.
 */
export const v2ToV3: Migration = {
  to: 3,
  shape: () => NOTHING,
  meta(keys) {
    const version = keys.get('schema')
    return typeof version === 'number' && version >= 3 ? NOTHING : new Map([['schema', 3]])
  },
}
