/** What becomes of the transactions of a page that dies: the browser finishes or undoes them. */
export type Fate = 'complete' | 'abort'

/** A page with a view of IndexedDB of its own, which can die like a page whose browser is killed. */
export interface MortalPage {
  readonly indexedDB: IDBFactory
  /** Calls of IndexedDB so far. */
  readonly calls: number
  readonly isDead: boolean
  /** Resolves when it dies. */
  readonly death: Promise<void>
  /** From now on none of its calls does anything, and none of its handlers hears anything. */
  kill(fate: Fate): void
}

class Dead extends Error {}

/** A page that dies at its call number `at`, if not before. */
export function mortalPage(
  factory: IDBFactory,
  at = Number.POSITIVE_INFINITY,
  fate: Fate = 'abort',
): MortalPage {
  const wrapped = new WeakMap<object, object>()
  const raw = new WeakMap<object, object>()
  const transactions = new Set<IDBTransaction>()
  const databases = new Set<IDBDatabase>()
  let calls = 0
  let isDead = false
  let die = () => {}
  const death = new Promise<void>(resolve => (die = resolve))

  function kill(how: Fate): void {
    if (isDead) return
    isDead = true
    if (how === 'abort') for (const transaction of transactions) quietly(() => transaction.abort())
    for (const db of databases) db.close()
    die()
  }

  function call(target: object, method: (...args: unknown[]) => unknown, args: readonly unknown[]): unknown {
    calls += 1
    if (calls >= at) kill(fate)
    if (isDead) throw new Dead('This page is dead.')
    return wrap(method.apply(target, args.map(unwrap)))
  }

  function wrap(value: unknown): unknown {
    if (!isPart(value)) return value
    const known = wrapped.get(value)
    if (known) return known
    if (value instanceof IDBTransaction) transactions.add(value)
    if (value instanceof IDBDatabase) databases.add(value)
    if (value instanceof IDBOpenDBRequest) {
      value.addEventListener('success', () => {
        if (isDead) (value.result as IDBDatabase | undefined)?.close()
      })
    }
    const proxy = new Proxy(value, {
      get(target, key) {
        const held: unknown = Reflect.get(target, key, target)
        if (typeof held !== 'function') return wrap(held)
        if (key === 'close') return () => isDead || Reflect.apply(held, target, [])
        return (...args: unknown[]) => call(target, held as () => unknown, args)
      },
      set(target, key, handler: unknown) {
        const isHandler = typeof handler === 'function'
        const heard = (event: unknown) => !isDead && isHandler && (handler as (event: unknown) => void)(event)
        return Reflect.set(target, key, isHandler ? heard : handler, target)
      },
    })
    wrapped.set(value, proxy)
    raw.set(proxy, value)
    return proxy
  }

  const unwrap = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? (raw.get(value) ?? value) : value

  return {
    indexedDB: wrap(factory) as IDBFactory,
    get calls() {
      return calls
    },
    get isDead() {
      return isDead
    },
    death,
    kill,
  }
}

const isPart = (value: unknown): value is object =>
  [IDBFactory, IDBDatabase, IDBTransaction, IDBObjectStore, IDBRequest].some(part => value instanceof part)

function quietly(task: () => void): void {
  try {
    task()
  } catch {
    // The transaction has ended already.
  }
}
