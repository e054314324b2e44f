import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { Store } from './store.ts'
import type { ToolEvent } from './types.ts'

/** Where the pointer is, beside the editor's state: a move over an empty board redraws nothing. */
export class PointerTrail {
  readonly #store = new Store<{ readonly at: Vec; readonly isOver: boolean }>({ at: [0, 0], isOver: false })
  #gesture = 0

  /** Where the pointer was last; world space. */
  get at(): Vec {
    return this.#store.state.at
  }

  /** Where the pointer is on the canvas; null while it is elsewhere. World space. */
  get over(): Vec | null {
    return this.#store.state.isOver ? this.at : null
  }

  /** Counts gestures, so that others can tell one from the next. */
  get gesture(): number {
    return this.#gesture
  }

  /** Called after the pointer moved or left. Returns its own undo. */
  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener)
  }

  batch(work: () => void): void {
    this.#store.batch(work)
  }

  /** Notes where the event is. Returns it with its place brought within the coordinates that a document may hold. */
  follow(event: ToolEvent): ToolEvent {
    if (event.type === 'down') this.#gesture += 1
    if (!('at' in event)) return event
    const at: Vec = [clamp(event.at[0]), clamp(event.at[1])]
    this.#store.set({ at, isOver: true })
    return { ...event, at }
  }

  leave(): void {
    this.#store.set({ isOver: false })
  }
}

const clamp = (n: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, n))
