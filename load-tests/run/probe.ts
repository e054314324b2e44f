import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { ownerCredential } from '../credentials.ts'
import type { Plan } from '../plan.ts'
import { boardOf } from '../seats.ts'
import { targets } from '../targets/index.ts'

/** ms for a relay to let one person onto an empty board, before anybody else comes. */
const PATIENCE = 15_000

/** Looks, before a run, whether there is a relay that speaks the protocol. Rejects in words, and in bounded time. */
export function probe(
  plan: Pick<Plan, 'url' | 'target' | 'run' | 'access'>,
  patience = PATIENCE,
): Promise<void> {
  const { url, run } = plan
  const target = targets[plan.target]
  const board = boardOf({ run }, 0)
  const credential = ownerCredential(plan, 0)
  const socket = new WebSocket(target.address(url, board), [...target.offers(credential)], {
    perMessageDeflate: false,
  })
  const ask = (): void =>
    socket.send(target.encode(board, { type: 'asks', stateVector: Y.encodeStateVector(new Y.Doc()) }))
  const answers = new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${url} ${why}`))
    const seconds = patience / 1000
    const timer = setTimeout(
      () =>
        fail(
          socket.readyState === WebSocket.OPEN
            ? `takes connections, and gave no board in ${seconds} s. Is --protocol ${target.name} right?`
            : `did not answer in ${seconds} s. Is it a WebSocket server?`,
        ),
      patience,
    )
    socket.on('open', () => {
      const greeting = target.greeting(board, credential)
      if (greeting) socket.send(greeting)
      else ask()
    })
    socket.on('message', (message: Buffer) => {
      try {
        const heard = target.decode(message)
        if (heard.type === 'welcome') ask()
        else if (heard.type === 'answer') resolve()
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        fail(`sent what is not understood as ${target.name}: ${why} Is --protocol right?`)
      }
    })
    socket.on('unexpected-response', (_request, { statusCode }) =>
      fail(`answers with HTTP ${statusCode}, not as a WebSocket server. Is that the address of the relay?`),
    )
    socket.on('error', error => fail(`cannot be reached: ${error.message}`))
    socket.on('close', (code, reason) =>
      fail(`closed the first board with ${code}${reason.length > 0 ? `: ${reason}` : ''}.`),
    )
    socket.on('close', () => clearTimeout(timer))
  })
  return answers.finally(() => socket.terminate())
}
