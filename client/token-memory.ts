import * as v from 'valibot'
import { ROLES } from '../shared/protocol/role.ts'
import type { TokenMemory } from './board/board-access.ts'

const heldSchema = v.object({ text: v.string(), role: v.nullable(v.picklist(ROLES)) })

const nameOf = (board: string): string => `token:${board}`

/** Keeps tokens with the tab: they are for this visit, and gone when it ends. */
export const tabTokens: TokenMemory = {
  read(board) {
    const result = v.safeParse(v.pipe(v.string(), v.parseJson(), heldSchema), stored(nameOf(board)))
    return result.success ? result.output : null
  },
  write(board, token) {
    try {
      if (token) sessionStorage.setItem(nameOf(board), JSON.stringify(token))
      else sessionStorage.removeItem(nameOf(board))
    } catch {
      // A browser that keeps nothing for pages: the token is then asked for again after a reload.
    }
  },
}

function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(name)
  } catch {
    return null
  }
}
