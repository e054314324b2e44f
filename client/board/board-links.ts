import { type BoardKey, deriveKey } from '../../shared/protocol/keys.ts'
import { isAtLeast, ROLES } from '../../shared/protocol/role.ts'

/** The key that an address may show: an owner's stays on their devices, others see their own. */
export const safeKey = (key: BoardKey, board: string, epoch: number): BoardKey =>
  key.role === 'owner' ? deriveKey(key, board, 'editor', epoch) : key

/** The keys that the holder of `key` can hand on, the most first. An owner's is not among them. */
export function keysToShare(key: BoardKey, board: string, epoch: number): readonly BoardKey[] {
  const highest = safeKey(key, board, epoch)
  return ROLES.filter(role => isAtLeast(highest.role, role)).map(role =>
    deriveKey(highest, board, role, epoch),
  )
}
