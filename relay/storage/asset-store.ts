import type { ObjectStream } from './object-store.ts'

/** The images of boards, named by the SHA-256 of their content in hex. Rejects with StorageError when it cannot store or read. */
export interface AssetStore {
  /**
   * Takes an image in, checking it as it comes. What is there already is not written again. Nothing of a refused one
   * stays. `declaredType` is what the sender says that it is.
   */
  put(
    board: string,
    sha256: string,
    declaredType: string,
    content: AsyncIterable<Uint8Array>,
  ): Promise<PutResult>
  /** Null when there is none. */
  get(board: string, sha256: string): Promise<StoredAsset | null>
}

export type PutResult =
  | { readonly at: 'stored'; readonly type: string; readonly bytes: number }
  | { readonly at: 'refused'; readonly why: 'hash' | 'type' | 'size' | 'quota'; readonly reason: string }

export interface StoredAsset extends ObjectStream {
  /** The media type, found by looking at the content. */
  readonly type: string
}
