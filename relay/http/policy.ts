import { POLICY_PATH, type Policy } from '../../shared/protocol/policy.ts'
import { jsonResponse, methodNotAllowed } from './respond.ts'
import type { HttpRequest, HttpResponse } from './server.ts'

/** What this deployment asks of devices, for every page of the app to read at its start. Null for every other path. */
export function policyRoute(policy: Policy): (request: HttpRequest) => HttpResponse | null {
  const answer = jsonResponse(policy)
  return ({ method, path }) => {
    if (path !== POLICY_PATH) return null
    return method === 'GET' || method === 'HEAD' ? answer : methodNotAllowed('GET, HEAD')
  }
}
