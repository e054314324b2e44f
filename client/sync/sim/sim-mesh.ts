import { Cell } from '../../../shared/util/readable.ts'
import type { Counts } from '../ack-ledger.ts'
import { PeerHub } from '../peer-hub.ts'
import { LOW_WATER } from '../peer-link.ts'
import type { Mesh, PeerMeshOptions } from '../peer-mesh.ts'
import type { End } from './sim-net.ts'

/** The client's own hub, whose channels are those of the simulated network. */
export class SimMesh extends Cell<number> implements Mesh {
  readonly #hub: PeerHub
  readonly #ended: () => void
  /** Told of each peer that was dropped for what it sent. */
  readonly #onRubbish: (reason: string) => void

  constructor(options: PeerMeshOptions, onRubbish: (reason: string) => void, ended: () => void) {
    super(0)
    this.#hub = new PeerHub({ ...options, onCount: links => this.set(links) })
    this.#onRubbish = onRubbish
    this.#ended = ended
  }

  join(end: End): void {
    const link = this.#hub.add({
      send: frame => end.send(frame),
      get bufferedAmount() {
        return end.inFlight
      },
      close: (cause, reason) => {
        if (cause === 'rubbish') this.#onRubbish(reason)
        end.close(1000, reason)
      },
    })
    end.onMessage = frame => link.receive(frame)
    end.onClose = () => link.closed()
    end.onDrained = () => end.inFlight <= LOW_WATER && link.drained()
  }

  configure(): void {}

  shutOut(): void {}

  setOthers(): void {}

  probe(): void {}

  setRelayUp(up: boolean): void {
    this.#hub.setRelayUp(up)
  }

  get confirmed(): readonly Counts[] {
    return this.#hub.confirmed
  }

  mark(tab: number, count: number): void {
    this.#hub.mark(tab, count)
  }

  destroy(): void {
    this.#hub.destroy()
    this.clear()
    this.#ended()
  }
}
