import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { CREDENTIAL_PREFIX, STOCK_SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { type BoardName, boardId } from './person.ts'

/** What anybody's client offers who holds the board's key. */
const protocolsFor = (board: BoardName): string[] => [
  STOCK_SUBPROTOCOL,
  CREDENTIAL_PREFIX + board.split('#')[1],
]

/** Someone who joins with nothing but the y-websocket package, and writes into the document by hand. */
export class StockClient {
  readonly doc = new Y.Doc()
  readonly #provider: WebsocketProvider

  constructor(port: number, board: BoardName) {
    this.#provider = new WebsocketProvider(`ws://127.0.0.1:${port}/sync`, boardId(board), this.doc, {
      protocols: protocolsFor(board),
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
  }

  get isSynced(): boolean {
    return this.#provider.synced
  }

  /** What the document holds under `shapes`, as plain values. */
  get shapes(): Readonly<Record<string, unknown>> {
    return this.doc.getMap('shapes').toJSON()
  }

  write(id: string, keys: Readonly<Record<string, unknown>>): void {
    this.doc.getMap('shapes').set(id, new Y.Map(Object.entries(keys)))
  }

  leave(): void {
    this.#provider.destroy()
    this.doc.destroy()
  }
}

/** Sends `messages` over a socket of its own and resolves with the code that it was closed with. */
export function sendRubbish(
  port: number,
  board: BoardName,
  ...messages: readonly (string | Uint8Array)[]
): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/${boardId(board)}`, protocolsFor(board))
  socket.on('open', () => {
    for (const message of messages) socket.send(message)
  })
  return new Promise((resolve, reject) => {
    socket.on('close', resolve)
    socket.on('error', reject)
  })
}
