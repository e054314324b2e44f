import { Server } from '@hocuspocus/server'

// Its own defaults, but for the banner.
const server = new Server({ quiet: true, address: '127.0.0.1', port: 0, stopOnSignals: false })
await server.listen()
console.log(`port ${server.address.port}`)
