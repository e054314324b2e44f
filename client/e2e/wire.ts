import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket, connect as tcpConnect } from 'node:net'

/**
 * One person's network cable: a TCP proxy before the relay. Cutting it resets what is open and refuses what comes,
 * which a browser's own offline switch does not do to sockets that are open already.
 */
export class Wire {
  readonly #server: Server
  readonly #open = new Set<Socket>()
  #isCut = false
  #isFrozen = false

  private constructor(server: Server) {
    this.#server = server
  }

  /** `target` is asked at each connection, since a relay may come back at another port. */
  static async to(target: () => number): Promise<Wire> {
    const server = createServer()
    const wire = new Wire(server)
    server.on('connection', near => wire.#join(near, target()))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return wire
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#open) socket.destroy()
  }

  /** Carries nothing any more and says nothing of it, as a network that a closed laptop left. */
  freeze(): void {
    this.#isFrozen = true
    for (const socket of this.#open) socket.unpipe().pause()
  }

  mend(): void {
    this.#isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise(resolve => this.#server.close(resolve))
  }

  #join(near: Socket, port: number): void {
    if (this.#isCut) {
      near.resetAndDestroy()
      return
    }
    if (this.#isFrozen) {
      this.#open.add(near.pause())
      return
    }
    const far = tcpConnect(port, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        this.#open.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  }
}
