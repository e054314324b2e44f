import * as v from 'valibot'
import { POLICY_PATH, type Policy, policySchema } from '../shared/protocol/policy.ts'
import type { Clock } from '../shared/util/clock.ts'

/** What counts until the deployment has said anything. */
const LENIENT: Policy = { vault: 'optional' }

/** In localStorage, in the clear: it says what the site asks for, and nothing about the person. */
const POLICY_KEY = 'driftboard:policy'

/** ms. A first start waits this long, so that nothing is drawn before the lock that the site asks for. */
const FIRST_ANSWER_WITHIN = 2_000

/** Where the last answer is kept for starts without a network. */
export type PolicyMemory = Pick<Storage, 'getItem' | 'setItem'>

export interface PolicyNews {
  /** What counts for this start: the last known answer, else the one that comes in time. */
  readonly atStart: Promise<Policy>
  /** What the deployment says now; null when it cannot be reached. */
  readonly latest: Promise<Policy | null>
}

/** @param memory null where the browser keeps nothing for the page. */
export function followPolicy(ask: typeof fetch, memory: PolicyMemory | null, clock: Clock): PolicyNews {
  const latest = askPolicy(ask).then(policy => {
    if (policy) remember(memory, policy)
    return policy
  })
  const known = remembered(memory)
  const atStart = known ? Promise.resolve(known) : inTime(latest, clock).then(policy => policy ?? LENIENT)
  return { atStart, latest }
}

async function askPolicy(ask: typeof fetch): Promise<Policy | null> {
  try {
    const response = await ask(POLICY_PATH, { cache: 'no-store' })
    const answer = v.safeParse(policySchema, response.ok ? await response.json() : null)
    return answer.success ? answer.output : null
  } catch {
    // No network, or no relay of ours: the app does without.
    return null
  }
}

function inTime(latest: Promise<Policy | null>, clock: Clock): Promise<Policy | null> {
  return new Promise(resolve => {
    const cancel = clock.after(FIRST_ANSWER_WITHIN, () => resolve(null))
    void latest.then(policy => {
      cancel()
      resolve(policy)
    })
  })
}

function remembered(memory: PolicyMemory | null): Policy | null {
  try {
    const known = v.safeParse(v.pipe(v.string(), v.parseJson(), policySchema), memory?.getItem(POLICY_KEY))
    return known.success ? known.output : null
  } catch {
    return null
  }
}

function remember(memory: PolicyMemory | null, policy: Policy): void {
  try {
    memory?.setItem(POLICY_KEY, JSON.stringify(policy))
  } catch {
    // Storage is full: the next start asks again, and waits for the answer.
  }
}

/** Reading the property throws where the person has forbidden storage. */
export function browserMemory(): PolicyMemory | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
