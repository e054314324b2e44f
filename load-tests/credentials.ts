import { createHash } from 'node:crypto'
import { type BoardKey, deriveKey, newOwnerKey } from '../shared/protocol/keys.ts'
import type { Role } from '../shared/protocol/role.ts'
import type { Plan } from './plan.ts'
import { boardOf, type Seat } from './seats.ts'

/** Times that the owner has replaced the links of a new board. */
const FIRST_EPOCH = 0

type Asked = Pick<Plan, 'run' | 'access'>

/** What a person presents to the relay; null for nothing. */
export const credentialOf = (plan: Asked, { room, writer }: Pick<Seat, 'room' | 'writer'>): string | null =>
  credential(plan, room, writer === null ? 'viewer' : 'editor')

/** What this tool presents when it prepares a board, and looks at it. */
export const ownerCredential = (plan: Asked, room: number): string | null => credential(plan, room, 'owner')

function credential(plan: Asked, room: number, role: Role): string | null {
  const { access } = plan
  switch (access.by) {
    case 'nothing':
      return null
    case 'token':
      return access.token
    case 'keys':
      return deriveKey(ownerKey(plan, room), boardOf(plan, room), role, FIRST_EPOCH).text
  }
}

/** Follows from the run, so that every process comes to the same. The id of a run is random. */
function ownerKey(plan: Asked, room: number): BoardKey {
  const secret = createHash('sha256').update(`${plan.run} ${room}`).digest()
  return newOwnerKey({ bytes: length => Uint8Array.from(secret.subarray(0, length)), next: () => 0 })
}
