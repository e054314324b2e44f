/** Runs in the page before its own scripts: lets a test fill the disk, or have it take its time. */
export function installDiskSwitch(): void {
  const state = { is: 'well' as 'well' | 'slow' | 'full' }
  const { add } = IDBObjectStore.prototype
  const { commit } = IDBTransaction.prototype
  const troubled = new WeakSet<IDBTransaction>()

  /** A transaction does not end while it has requests. */
  function keepOpen(store: IDBObjectStore): void {
    store.count().onsuccess = () => {
      if (state.is === 'slow') keepOpen(store)
    }
  }

  /** As a browser ends a transaction when its disk is full: after the request has succeeded. */
  function refuse(transaction: IDBTransaction, request: IDBRequest): void {
    const error = new DOMException('The disk is full.', 'QuotaExceededError')
    Object.defineProperty(transaction, 'error', { value: error })
    request.addEventListener('success', () => transaction.abort())
  }

  IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...args) {
    const request = add.apply(this, args)
    if (state.is === 'well') return request
    troubled.add(this.transaction)
    if (state.is === 'full') refuse(this.transaction, request)
    else keepOpen(this)
    return request
  }
  IDBTransaction.prototype.commit = function (this: IDBTransaction) {
    if (!troubled.has(this)) commit.call(this)
  }
  Object.assign(window, {
    diskIs(is: typeof state.is) {
      state.is = is
    },
  })
}

declare global {
  interface Window {
    diskIs(is: 'well' | 'slow' | 'full'): void
  }
}
