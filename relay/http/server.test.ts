import { describe, test } from 'vitest'
import { serverContract } from './server.contract.ts'
import { loadNative, uwsServer } from './uws.ts'
import { wsServer } from './ws.ts'

serverContract('ws', wsServer)

const native = loadNative()

if (native) {
  serverContract('uWebSockets.js', parts => uwsServer(native, parts))
} else {
  const reason = `Node ${process.versions.node} has no native build of uWebSockets.js`
  console.info(`Skipped: the uWebSockets.js adapter, since ${reason}.`)
  describe.skip('uWebSockets.js as a server', () => {
    test(reason, () => undefined)
  })
}
