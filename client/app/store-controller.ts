import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Anything that tells of its changes. */
interface Store {
  subscribe(listener: () => void): () => void
}

/** Renders its host again after each change of a store, which the host may get, change or lose at any time. */
export class StoreController implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #storeOf: () => Store | undefined
  #watched: Store | undefined
  #stop: () => void = () => {}

  constructor(host: ReactiveControllerHost, storeOf: () => Store | undefined) {
    this.#host = host
    this.#storeOf = storeOf
    host.addController(this)
  }

  hostConnected(): void {
    this.#watch(this.#storeOf())
  }

  hostUpdate(): void {
    this.#watch(this.#storeOf())
  }

  hostDisconnected(): void {
    this.#watch(undefined)
  }

  #watch(store: Store | undefined): void {
    if (store === this.#watched) return
    this.#stop()
    this.#watched = store
    this.#stop = store?.subscribe(() => this.#host.requestUpdate()) ?? (() => {})
  }
}
