// The health check of the image: exits with 0 when the relay beside it answers on /healthz.
import { get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'

const { PORT = '8787', TLS_CERT } = process.env
const options = { host: '127.0.0.1', port: PORT, path: '/healthz', timeout: 4_000 }
const done = response => process.exit(response.statusCode === 200 ? 0 : 1)

// The certificate is for the public name, not for this address, and nothing is sent that needs its protection.
const request = TLS_CERT
  ? getSecure({ ...options, rejectUnauthorized: false }, done)
  : getPlain(options, done)
request.once('timeout', () => request.destroy(new Error('no answer in time')))
request.once('error', error => {
  console.error(`/healthz on port ${PORT}: ${error.message}`)
  process.exit(1)
})
