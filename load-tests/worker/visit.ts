import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Said, Target } from '../targets/target.ts'

/** ms. */
const PATIENCE = 60_000

export interface VisitParts {
  readonly target: Target
  readonly url: string
  readonly board: string
  readonly credential: string | null
  /** Where to connect from; null for anywhere. */
  readonly from: string | null
}

/** One short connection to a board, that has it. Rejects, in words, when the relay does not let it. */
export class Visit {
  readonly doc = new Y.Doc()
  readonly #parts: VisitParts
  readonly #socket: WebSocket
  #sent = 0
  #safe = 0
  #wake: () => void = () => undefined
  #failure: Error | null = null
  #isSynced = false

  private constructor(parts: VisitParts) {
    this.#parts = parts
    const { target, url, board, credential, from } = parts
    this.#socket = new WebSocket(target.address(url, board), [...target.offers(credential)], {
      perMessageDeflate: false,
      ...(from ? { localAddress: from } : {}),
    })
    this.#socket.on('open', () => {
      const greeting = target.greeting(board, credential)
      if (greeting) this.#socket.send(greeting)
      else this.#ask()
    })
    this.#socket.on('message', (message: Buffer) => {
      try {
        this.#hear(message)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        this.#fail(`${url} sent what is not understood as ${target.name}: ${why} Is --protocol right?`)
      }
    })
    this.#socket.on('error', error => this.#fail(`${url} cannot be reached: ${error.message}`))
    this.#socket.on('close', (code, reason) =>
      this.#fail(`${url} closed board ${board} with ${code}${reason.length > 0 ? `: ${reason}` : ''}.`),
    )
  }

  static async to(parts: VisitParts): Promise<Visit> {
    const visit = new Visit(parts)
    await visit.#until(() => visit.#isSynced, 'the board')
    return visit
  }

  /** Puts updates into the board, and waits until they are there. */
  async put(updates: readonly Uint8Array[]): Promise<void> {
    for (const update of updates) {
      this.#sent += 1
      this.#say({ type: 'change', update })
    }
    if (this.#parts.target.tellsSafe) await this.#until(() => this.#safe >= this.#sent, 'its first shapes')
  }

  leave(): void {
    this.#socket.removeAllListeners('close')
    this.#socket.terminate()
  }

  #ask(): void {
    this.#say({ type: 'asks', stateVector: Y.encodeStateVector(this.doc) })
  }

  #hear(message: Uint8Array): void {
    const heard = this.#parts.target.decode(message)
    if (heard.type === 'welcome') this.#ask()
    if (heard.type === 'asks') {
      this.#sent += 1
      this.#say({ type: 'answer', update: Y.encodeStateAsUpdate(this.doc, heard.stateVector) })
    }
    if (heard.type === 'answer') {
      Y.applyUpdate(this.doc, heard.update)
      this.#isSynced = true
    }
    if (heard.type === 'changes') for (const update of heard.updates) Y.applyUpdate(this.doc, update)
    if (heard.type === 'safe') this.#safe = heard.more ? this.#safe + heard.frames : heard.frames
    this.#wake()
  }

  #say(said: Said): void {
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(this.#parts.target.encode(this.#parts.board, said))
  }

  #fail(message: string): void {
    this.#failure ??= new Error(message)
    this.#wake()
  }

  async #until(isSo: () => boolean, what: string): Promise<void> {
    const timer = setTimeout(() => this.#fail(`${this.#parts.url} did not give ${what} in time.`), PATIENCE)
    try {
      while (!isSo()) {
        if (this.#failure) throw this.#failure
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
      }
    } finally {
      clearTimeout(timer)
    }
  }
}
