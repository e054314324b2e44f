import { jsonResponse } from '../respond.ts'
import { problem, refusalProblem } from './problem.ts'
import type { Resource } from './resource.ts'

/** POST replaces all links of a board but the owner's: `{ epoch }`, of which the new ones are derived. */
export const keysResource: Resource = {
  item: null,
  actions: {
    POST: {
      least: 'owner',
      async answer({ board, credential }, { authorizer }) {
        if (!authorizer.rotate || credential === null)
          return problem(
            409,
            'The boards of this relay have no keys.',
            'Who may open them is decided elsewhere.',
          )
        const outcome = await authorizer.rotate(board, credential)
        return typeof outcome === 'number' ? jsonResponse({ epoch: outcome }) : refusalProblem(outcome, true)
      },
    },
  },
}
