import type { ObjectStore } from '../storage/object-store.ts'

type Call = 'get' | 'put' | 'putIfAbsent' | 'replace' | 'remove'

/** A store over a real one, which a test can make fail, hold up and count. */
export class TestStore implements ObjectStore {
  readonly #inner: ObjectStore
  readonly #waiting: (() => void)[] = []
  /** `held`: calls wait for `release`; `down`: they reject. */
  state: 'up' | 'down' | 'held' = 'up'
  /** The calls so far, such as `get boards/x/keys`. */
  readonly calls: string[] = []
  /** Runs once, when a call of this kind is about to reach the inner store, or is about to come back from it. */
  once: { when: 'before' | 'after'; call: Call; act: () => Promise<unknown> } | null = null

  constructor(inner: ObjectStore) {
    this.#inner = inner
  }

  /** Lets the calls go on that wait, and those to come. */
  release(): void {
    this.state = 'up'
    for (const resume of this.#waiting.splice(0)) resume()
  }

  count(call: Call): number {
    return this.calls.filter(made => made.startsWith(`${call} `)).length
  }

  get(key: string): Promise<Uint8Array | null> {
    return this.#run('get', key, () => this.#inner.get(key))
  }

  put(key: string, content: Uint8Array): Promise<void> {
    return this.#run('put', key, () => this.#inner.put(key, content))
  }

  putIfAbsent(key: string, content: Uint8Array): Promise<boolean> {
    return this.#run('putIfAbsent', key, () => this.#inner.putIfAbsent(key, content))
  }

  replace(key: string, expected: Uint8Array, content: Uint8Array): Promise<boolean> {
    return this.#run('replace', key, () => this.#inner.replace(key, expected, content))
  }

  remove(keys: readonly string[]): Promise<void> {
    return this.#run('remove', keys.join(' '), () => this.#inner.remove(keys))
  }

  stream(key: string): ReturnType<ObjectStore['stream']> {
    return this.#inner.stream(key)
  }

  list(prefix: string): ReturnType<ObjectStore['list']> {
    return this.#inner.list(prefix)
  }

  folders(prefix: string): Promise<string[]> {
    return this.#inner.folders(prefix)
  }

  probe(): Promise<void> {
    return this.#inner.probe()
  }

  close(): Promise<void> {
    return this.#inner.close()
  }

  async #run<T>(call: Call, key: string, act: () => Promise<T>): Promise<T> {
    this.calls.push(`${call} ${key}`)
    if (this.state === 'down') throw new Error('The store cannot be reached.')
    await this.#interfere('before', call)
    const result = await act()
    await this.#interfere('after', call)
    if (this.state === 'held') await new Promise<void>(resolve => this.#waiting.push(resolve))
    return result
  }

  async #interfere(when: 'before' | 'after', call: Call): Promise<void> {
    const { once } = this
    if (once?.when !== when || once.call !== call) return
    this.once = null
    await once.act()
  }
}
