import * as v from 'valibot'

export interface ReplaceLinks {
  /** The relay's origin, such as `https://example.org`. */
  readonly origin: string
  readonly boardId: string
  readonly ownerKey: string
  readonly fetch: typeof fetch
}

/** ms. The relay waits for its store; a person waits less long. */
const ANSWER_WITHIN = 15_000

const answerSchema = v.object({ epoch: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })
const errorSchema = v.object({ error: v.string(), help: v.optional(v.string(), '') })

/**
 * Makes all links of a board but the owner's useless. Resolves to how often that has been done, once it is certain.
 * Rejects with an Error in words for the person.
 */
export async function replaceLinks({ origin, boardId, ownerKey, fetch }: ReplaceLinks): Promise<number> {
  const response = await fetch(`${origin}/api/boards/${boardId}/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ownerKey}` },
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  }).catch(() => {
    throw new Error('The relay did not answer. The old links may still work: try again.')
  })
  const body: unknown = await response.json().catch(() => null)
  const answer = v.safeParse(answerSchema, body)
  if (response.ok && answer.success) return answer.output.epoch
  const said = v.safeParse(errorSchema, body)
  throw new Error(
    said.success
      ? `The links were not replaced. ${said.output.error} ${said.output.help}`.trim()
      : `The links were not replaced: the relay answered with ${response.status}. Try again later.`,
  )
}
