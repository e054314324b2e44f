import { expect, test } from 'vitest'
import { chooseServer } from './choose.ts'
import { OTHER_KEY, serverParts, TLS } from './server.testing.ts'
import { readTlsPair } from './tls.ts'

const { certFile, keyFile } = TLS

test.each([
  [
    'a certificate that is not there',
    { certFile: '/nowhere.pem', keyFile },
    /^TLS_CERT: \/nowhere\.pem .*ENOENT/,
  ],
  ['a key that is not there', { certFile, keyFile: '/nowhere.pem' }, /^TLS_KEY: \/nowhere\.pem .*ENOENT/],
  ['a directory', { certFile: '/tmp', keyFile }, /^TLS_CERT: \/tmp .*EISDIR/],
  ['a key instead of a certificate', { certFile: keyFile, keyFile }, /^TLS_CERT: .* no certificate in PEM/],
  ['a certificate instead of a key', { certFile, keyFile: certFile }, /^TLS_KEY: .* no private key in PEM/],
  [
    'the key of another',
    { certFile, keyFile: OTHER_KEY },
    /^TLS_KEY: .* is not that of the certificate .*together/,
  ],
])('%s is an error that says what to set', (_what, tls, message) => {
  expect(() => readTlsPair(tls)).toThrow(message)
  expect(() => chooseServer(serverParts(tls))).toThrow(message)
})

test('TLS is served by Node’s own, whatever else this Node has', async () => {
  const server = chooseServer(serverParts(TLS))
  expect(server.adapter).toBe('ws')
  await server.stop()
})
