import { createServer } from 'node:net'

/** Below the ports that systems hand out for connections: no client takes it while a server is restarted. */
const FIRST = 20_000
const LAST = 32_000

/** A port of 127.0.0.1 that nobody uses now. Rejects when none is found. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST))
    if (await isFree(port)) return port
  }
  throw new Error(`No port from ${FIRST} to ${LAST} is free.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
