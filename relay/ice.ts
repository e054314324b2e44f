import { createHmac } from 'node:crypto'
import type { IceServer } from '../shared/protocol/hello.ts'
import type { Clock } from '../shared/util/clock.ts'
import type { IceConfig, TurnConfig } from './config.ts'

/** s. A tab gets new credentials each time that it connects; one that never loses the relay for a day is rare. */
export const TURN_LIFETIME = 24 * 60 * 60

/** The STUN and TURN servers for a client that connects now. */
export function iceServers({ stunUrls, turn }: IceConfig, clock: Clock): IceServer[] {
  const servers: IceServer[] = []
  if (stunUrls.length > 0) servers.push({ urls: [...stunUrls] })
  if (turn) servers.push({ urls: [...turn.urls], ...turnCredentials(turn, clock) })
  return servers
}

/** With a shared secret: the name says when it expires, and the password proves that we wrote it (coturn's `use-auth-secret`). */
function turnCredentials(
  { credentials }: TurnConfig,
  clock: Clock,
): { username?: string; credential?: string } {
  switch (credentials.at) {
    case 'none':
      return {}
    case 'fixed':
      return { username: credentials.username, credential: credentials.credential }
    case 'expiring': {
      const username = `${Math.floor(clock.now() / 1000) + TURN_LIFETIME}:driftboard`
      const credential = createHmac('sha1', credentials.secret).update(username).digest('base64')
      return { username, credential }
    }
  }
}
