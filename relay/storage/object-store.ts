/**
 * Where immutable objects are kept: snapshots, versions, images, and who owns a board. Keys are segments of
 * `[A-Za-z0-9_.-]`, none of which starts with a point, with slashes between; no key is a folder of another. A key that
 * is none is a mistake of the caller, a RangeError. All calls reject with StorageError, in words for the operator, when
 * the store cannot be reached or refuses; none waits longer than a few tens of seconds. A write that was rejected may
 * have happened all the same. Content must not change until the call that was given it has resolved.
 */
export interface ObjectStore {
  /** Resolves when the whole object is durable: nobody ever reads a half-written one. It replaces what is there. */
  put(key: string, content: Uint8Array): Promise<void>
  /** As `put`, unless there is an object already; resolves to whether it was written. Of several at once one wins. */
  putIfAbsent(key: string, content: Uint8Array): Promise<boolean>
  /** Replaces an object that still is `expected`; resolves to whether it was. Of several at once one wins. */
  replace(key: string, expected: Uint8Array, content: Uint8Array): Promise<boolean>
  /** Null when there is none. */
  get(key: string): Promise<Uint8Array | null>
  /** The content piece by piece, for what is sent on as it comes; null when there is none. Nothing is held before it is read. */
  stream(key: string): Promise<ObjectStream | null>
  /** Every object whose key starts with `prefix`, in the order of their keys. */
  list(prefix: string): Promise<ObjectInfo[]>
  /** The distinct first segments of the keys below `prefix`, ordered; it is empty or ends with a slash. */
  folders(prefix: string): Promise<string[]>
  /** Objects that are not there are no error. */
  remove(keys: readonly string[]): Promise<void>
  /** Resolves when the store answers, can be read and can be written. */
  probe(): Promise<void>
  close(): Promise<void>
}

export interface ObjectInfo {
  readonly key: string
  readonly bytes: number
}

export interface ObjectStream {
  readonly bytes: number
  readonly content: AsyncIterable<Uint8Array>
}
