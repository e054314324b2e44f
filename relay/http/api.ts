import { isAtLeast } from '../../shared/protocol/role.ts'
import { isBoardId } from '../../shared/util/ids.ts'
import { StorageError } from '../storage/update-log.ts'
import { assetResource } from './api/assets.ts'
import { Downloads } from './api/downloads.ts'
import { keysResource } from './api/keys.ts'
import { problem, refusalProblem, STORE_FAILED, TOO_MANY_FAILURES, UNKNOWN } from './api/problem.ts'
import type { Action, ApiParts, Resource } from './api/resource.ts'
import { versionResource, versionsResource } from './api/versions.ts'
import { Grants } from './grants.ts'
import { foreignOrigin, type OriginPolicy } from './origin.ts'
import { addressGroup } from './proxy.ts'
import { Rates } from './rates.ts'
import { bearerOf } from './respond.ts'
import type { HttpRequest, HttpResponse } from './server.ts'

const ROOT = '/api/'

/** Calls without the right to what they ask for, by address. Guessing a key is hopeless; this keeps it cheap for us too. */
const FAILURES = { perSecond: 1, most: 30 }

/** s for which a browser remembers what another origin may do. */
const PREFLIGHT_AGE = '600'

/** By the path below a board; those with an item end with a slash. */
const RESOURCES: Readonly<Record<string, Resource>> = {
  versions: versionsResource,
  'versions/': versionResource,
  'assets/': assetResource,
  keys: keysResource,
}

/** `/api/boards/<id>/…`: PROTOCOL.md, rules 21 to 24. Null for a request of something else. */
export function apiRoutes(parts: ApiParts): (request: HttpRequest) => Promise<HttpResponse> | null {
  const grants = new Grants(parts)
  const callParts = { ...parts, downloads: new Downloads() }
  const failures = new Rates(FAILURES, parts.seconds)

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    const target = targetOf(request.path)
    if ('status' in target) return target
    const { resource, board, item } = target
    const allowed = methodsOf(resource)
    if (request.method === 'OPTIONS') return preflight(allowed)
    const action = actionOf(resource, request.method)
    if (!action)
      return problem(405, `Only ${allowed} is served here.`, 'Use one of these.', { allow: allowed })
    const origin = request.header('origin')
    if (!isRead(request.method) && !isAllowed(parts.origin, request))
      return problem(403, foreignOrigin(origin), 'Ask the operator of the relay.')
    const address = addressGroup(request.address)
    if (!failures.allows(address)) return TOO_MANY_FAILURES
    const credential = bearerOf(request)
    const grant = await grants.of({ board, credential })
    if ('refused' in grant) {
      failures.take(address)
      return refusalProblem(grant, credential !== null)
    }
    if (!isAtLeast(grant.role, action.least))
      return problem(403, `That takes the right of an ${action.least}.`, 'Ask the owner of the board for it.')
    return action.answer({ request, board, item, credential }, callParts)
  }

  return request => {
    if (!request.path.startsWith(ROOT)) return null
    return answer(request)
      .catch(error => storeFailed(error, parts))
      .then(response => withCors(response, request, parts.origin))
  }
}

function targetOf(path: string): { resource: Resource; board: string; item: string } | HttpResponse {
  const [, , boards, board = '', name = '', item, ...rest] = path.split('/')
  const resource = own(RESOURCES, item === undefined ? name : `${name}/`)
  if (boards !== 'boards' || !resource || rest.length > 0) return UNKNOWN
  if (!isBoardId(board))
    return problem(400, 'That is not the id of a board.', 'A board id has 16 to 64 of A-Z a-z 0-9 _ -.')
  if (resource.item && !resource.item.form.test(item ?? ''))
    return problem(400, 'That is not a name here.', resource.item.otherwise)
  return { resource, board, item: item ?? '' }
}

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

function actionOf({ actions }: Resource, method: string): Action | undefined {
  return own<Action | undefined>(actions, method === 'HEAD' ? 'GET' : method)
}

const methodsOf = ({ actions }: Resource): string =>
  Object.keys(actions)
    .flatMap(method => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ')

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'

const isAllowed = (policy: OriginPolicy, { header }: HttpRequest): boolean =>
  policy.allows(header('origin'), header('host'))

const preflight = (allowed: string): HttpResponse => ({
  status: 204,
  headers: {
    'access-control-allow-methods': allowed,
    'access-control-allow-headers': 'authorization, content-type, if-none-match',
    'access-control-max-age': PREFLIGHT_AGE,
  },
  body: new Uint8Array(),
})

/** Lets a page of another origin that ORIGINS names read the answer. Others may ask, but their browser keeps it from them. */
function withCors(response: HttpResponse, request: HttpRequest, policy: OriginPolicy): HttpResponse {
  const origin = request.header('origin')
  const allow = origin !== '' && isAllowed(policy, request)
  const headers = {
    ...response.headers,
    vary: 'origin',
    ...(allow && {
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'etag, content-disposition, retry-after',
    }),
  }
  return { ...response, headers }
}

function storeFailed(error: unknown, { logger }: ApiParts): HttpResponse {
  if (!(error instanceof StorageError)) throw error
  logger.error({ err: error }, 'an API call could not reach what is stored')
  return STORE_FAILED
}
