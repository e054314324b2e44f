import type { Fanout } from './seams.ts'

interface Subscriber {
  send(frame: Uint8Array): void
}

/** Publish and subscribe among the sockets of one process, for transports that have none of their own. */
export class Topics implements Fanout {
  readonly #topics = new Map<string, Set<Subscriber>>()

  /** Topics that somebody subscribes to. */
  get count(): number {
    return this.#topics.size
  }

  subscribe(topic: string, subscriber: Subscriber): void {
    const subscribers = this.#topics.get(topic)
    if (subscribers) subscribers.add(subscriber)
    else this.#topics.set(topic, new Set([subscriber]))
  }

  unsubscribe(topic: string, subscriber: Subscriber): void {
    const subscribers = this.#topics.get(topic)
    if (subscribers?.delete(subscriber) && subscribers.size === 0) this.#topics.delete(topic)
  }

  publish(topic: string, frame: Uint8Array, except?: Subscriber): void {
    for (const subscriber of this.#topics.get(topic) ?? []) {
      if (subscriber !== except) subscriber.send(frame)
    }
  }
}
