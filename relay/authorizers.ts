import type { Clock } from '../shared/util/clock.ts'
import type { Authorizer } from './auth/authorizer.ts'
import { jwtAuthorizer } from './auth/jwt.ts'
import { linksAuthorizer } from './auth/links.ts'
import { openAuthorizer } from './auth/open.ts'
import type { AuthConfig } from './config.ts'
import type { Stores } from './stores.ts'

/** Who decides, as AUTH says. `onRotated` hears of boards whose owner has replaced the links. */
export function authorizerOf(
  auth: AuthConfig,
  { objects, keyCopy }: Stores,
  clock: Clock,
  onRotated: (board: string, epoch: number) => void,
): Authorizer {
  switch (auth.mode) {
    case 'open':
      return openAuthorizer
    case 'links':
      return linksAuthorizer({ store: objects, copy: keyCopy, clock, onRotated })
    case 'jwt': {
      const { keys, issuer, audience, boardClaim, roleClaim } = auth
      return jwtAuthorizer({ ...keys, issuer, audience, boardClaim, roleClaim, clock })
    }
  }
}
