import { fromBase64UrlEncoded, toBase64UrlEncoded } from 'lib0/buffer'
import * as v from 'valibot'
import { ROLES } from '../shared/protocol/role.ts'
import type { Sealer } from '../shared/util/sealer.ts'
import type { HeldToken, TokenMemory } from './board/board-access.ts'

const heldSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ text: v.string(), role: v.nullable(v.picklist(ROLES)) }),
)

const nameOf = (board: string): string => `token:${board}`

/**
 * Keeps tokens with the tab: they are for this visit, and gone when it ends. Browsers write what they keep for a tab to
 * the disk, so it is sealed; without a sealer it is not kept, and a token is asked for again after a reload.
 */
export function tabTokens(sealer: Sealer | null, storage: () => Storage): TokenMemory {
  return {
    read(board) {
      try {
        const text = sealer && storage().getItem(nameOf(board))
        return text ? opened(sealer, text, nameOf(board)) : null
      } catch {
        // Kept by an earlier version, under other keys, or not at all.
        return null
      }
    },
    write(board, token) {
      try {
        if (token && sealer) storage().setItem(nameOf(board), sealed(sealer, token, nameOf(board)))
        else storage().removeItem(nameOf(board))
      } catch {
        // A browser that keeps nothing for pages.
      }
    },
  }
}

const sealed = (sealer: Sealer, token: HeldToken, context: string): string =>
  toBase64UrlEncoded(sealer.seal(new TextEncoder().encode(JSON.stringify(token)), context))

function opened(sealer: Sealer, text: string, context: string): HeldToken {
  const plain = sealer.open(fromBase64UrlEncoded(text), context)
  return v.parse(heldSchema, new TextDecoder().decode(plain))
}
