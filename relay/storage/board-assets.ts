import { type AssetName, assetsOf, parseAssetName } from './asset-name.ts'
import { nameOf } from './object-key.ts'
import type { ObjectStore } from './object-store.ts'
import { oneAtATime } from './one-at-a-time.ts'

export interface HeldAsset extends AssetName {
  readonly bytes: number
}

/** The images of one board while some are coming in. */
export interface BoardAssets {
  /** By their hashes. */
  readonly held: ReadonlyMap<string, HeldAsset>
  /** Bytes that the board may still take. */
  readonly room: number
  /** Has an image written unless it is held; false, and it is not, where there is no room for it. */
  add(asset: HeldAsset, write: () => Promise<void>): Promise<boolean>
}

/**
 * Lets the uploads of a board share one account, so that together they keep to `boardBytes`. It starts from what the store
 * lists whenever a board had no upload under way, which corrects whatever others removed or added.
 */
export function boardAccounts(store: ObjectStore, boardBytes: number) {
  const accounts = new Map<string, { users: number; readonly opened: Promise<BoardAssets> }>()

  return async <T>(board: string, use: (assets: BoardAssets) => Promise<T>): Promise<T> => {
    const account = accounts.get(board) ?? { users: 0, opened: openAccount(store, board, boardBytes) }
    accounts.set(board, account)
    account.users += 1
    try {
      return await use(await account.opened)
    } finally {
      account.users -= 1
      if (account.users === 0) accounts.delete(board)
    }
  }
}

async function openAccount(store: ObjectStore, board: string, boardBytes: number): Promise<BoardAssets> {
  const held = new Map<string, HeldAsset>()
  const alone = oneAtATime()
  let room = boardBytes
  for (const { key, bytes } of await store.list(assetsOf(board))) {
    room -= bytes
    const name = parseAssetName(nameOf(key))
    if (name) held.set(name.sha256, { ...name, bytes })
  }
  return {
    held,
    get room() {
      return room
    },
    add: (asset, write) =>
      alone(asset.sha256, async () => {
        if (held.has(asset.sha256)) return true
        if (asset.bytes > room) return false
        room -= asset.bytes
        try {
          await write()
        } catch (error) {
          room += asset.bytes
          throw error
        }
        held.set(asset.sha256, asset)
        return true
      }),
  }
}
