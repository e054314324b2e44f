import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** Files that a process keeps free of what it opens against a relay. */
const SPARE_FILES = 1_000

/** How many sockets a test may open here, of `wanted`: the kernel bounds the open files of a process. */
export function affordableSockets(wanted: number): number {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  const files = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? 0)
  return Math.max(0, Math.min(wanted, files - SPARE_FILES))
}

/** Ways to begin and never end. */
const BEGINNINGS = [
  '',
  'GET /sync/',
  'GET /sync/a-board-of-mine-1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n',
]

/** Connections that have sent nothing, or half a request, and send no more. */
export class HalfOpen {
  readonly #sockets: Socket[] = []

  /** Resolves when `count` are connected, from as many addresses as it takes; rejects when the relay does not take them. */
  static async open(port: number, count: number): Promise<HalfOpen> {
    const crowd = new HalfOpen()
    for (let at = 0; at < count; at += WAVE) {
      await Promise.all(
        Array.from({ length: Math.min(WAVE, count - at) }, (_, index) => crowd.#add(port, at + index)),
      )
    }
    return crowd
  }

  /** Those that the relay has not hung up on. */
  get alive(): number {
    return this.#sockets.filter(socket => !socket.destroyed).length
  }

  leave(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async #add(port: number, index: number): Promise<void> {
    const localAddress = `127.0.${1 + Math.floor(index / PER_ADDRESS)}.1`
    const socket = connect({ host: '127.0.0.1', port, localAddress })
    this.#sockets.push(socket)
    socket.on('error', () => undefined)
    // Without reading, the end of the connection would never be noticed.
    socket.resume()
    await once(socket, 'connect')
    socket.write(BEGINNINGS[index % BEGINNINGS.length] ?? '')
  }
}

/** Connections that are opened at once: fewer than the kernel lets wait to be accepted. */
const WAVE = 100

const PER_ADDRESS = 500
