import { RelayProcess } from '../relay-process.ts'
import { Wire } from '../wire.ts'

/** A relay, and network cables to it. */
export class Site {
  readonly relay: RelayProcess
  readonly #wires: Wire[] = []

  private constructor(relay: RelayProcess) {
    this.relay = relay
  }

  static async open(): Promise<Site> {
    return new Site(await RelayProcess.start())
  }

  async wire(): Promise<Wire> {
    const wire = await Wire.to(() => this.relay.port)
    this.#wires.push(wire)
    return wire
  }

  async close(): Promise<void> {
    await Promise.all(this.#wires.map(wire => wire.close()))
    await this.relay.dispose()
  }
}
