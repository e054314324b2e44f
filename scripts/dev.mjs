// `npm run dev`: the client with hot reload, its relay restarted on each change, under one address.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { install, ROOT } from './lib/install.mjs'

await install()
const port = await freePort()
process.env.RELAY_URL = `http://127.0.0.1:${port}`

const relay = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'relay/main.ts'],
  {
    cwd: ROOT,
    // stdin would restart the relay on every Enter. stdout has the relay's address, which is not the one to open.
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      // Boards of a running `npm start` stay apart: one relay locks its folder.
      DATA_DIR: 'data/dev',
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
    },
  },
)

const vite = await import('vite')
const server = await vite.createServer({ configFile: join(ROOT, 'vite.config.ts') })
await server.listen()
const address = server.resolvedUrls?.local[0] ?? `port ${server.config.server.port}`
// The relay speaks once it listens; a page that was opened sooner would find no relay.
relay.stdout.once('data', () => console.log(`Driftboard, reloading on change: ${address}`)).resume()

process.once('SIGINT', stop).once('SIGTERM', stop)

async function stop() {
  const relayGone = relay.exitCode !== null ? null : new Promise(resolve => relay.once('exit', resolve))
  relay.kill('SIGTERM')
  await Promise.all([server.close(), relayGone])
  process.exit(0)
}

/** @returns {Promise<number>} a port that nothing listens on just now */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(address)))
    })
  })
}
