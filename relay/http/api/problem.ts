import { CLOSE } from '../../../shared/protocol/close.ts'
import type { Refusal } from '../../auth/authorizer.ts'
import { jsonResponse } from '../respond.ts'
import type { HttpResponse } from '../server.ts'

/** s after which to ask again what could not be answered for the moment. */
const RETRY_AFTER = '5'

/** Why an API call was not done, and what the person who made it can do. */
export const problem = (
  status: number,
  error: string,
  help: string,
  headers: HttpResponse['headers'] = {},
): HttpResponse => jsonResponse({ error, help }, status, headers)

/** Why a board does not open to an API call. @param hasCredential whether the call came with a key or token */
export function refusalProblem({ code, refused }: Refusal, hasCredential: boolean): HttpResponse {
  if (code === CLOSE.tooLarge)
    return problem(400, refused, 'Send the key of the link, or the token, as it is.')
  if (code === CLOSE.unclaimed || code === CLOSE.unavailable)
    return problem(503, refused, 'Try again later.', { 'retry-after': RETRY_AFTER })
  if (code !== CLOSE.revoked && hasCredential)
    return problem(403, refused, 'Ask the owner of the board for a link.')
  const help = 'Send the key of a link to the board, or a token, as `Authorization: Bearer <key or token>`.'
  return problem(401, refused, help, { 'www-authenticate': 'Bearer' })
}

export const UNKNOWN = problem(404, 'Nothing is here.', 'See PROTOCOL.md for what there is.')

export const TOO_MANY_FAILURES = problem(
  429,
  'Too many calls from your address had no right to what they asked for.',
  'Wait a little, then use a link that opens the board.',
  { 'retry-after': RETRY_AFTER },
)

export const BUSY = problem(
  503,
  'As many versions are being sent as this relay can send at once.',
  'Try again later.',
  { 'retry-after': RETRY_AFTER },
)

export const STORE_FAILED = problem(
  503,
  'What this relay stores cannot be reached at the moment.',
  'Try again later. The log of the relay says why.',
  { 'retry-after': RETRY_AFTER },
)
