import { connect as connectPlain, createServer } from 'node:net'
import { connect } from 'node:tls'
import { finish } from './children.ts'

export interface Certificate {
  readonly certFile: string
  readonly keyFile: string
}

/** A certificate for `localhost` that signs itself, good for a day. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const [certFile, keyFile] = [`${folder}/certificate.pem`, `${folder}/key.pem`]
  const { code, output } = await finish('openssl', [
    ...['req', '-x509', '-nodes', '-days', '1', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-keyout', keyFile, '-out', certFile],
  ])
  if (code !== 0) throw new Error(output)
  return { certFile, keyFile }
}

/**
 * Opens a port of this machine behind which everything goes through TLS to a port that shows a certificate for
 * `localhost` signed by `authority`, from a certain loopback address: so clients need know nothing of certificates.
 */
export async function tunnel(
  port: number,
  authority: string,
  from: string,
): Promise<{ port: number; close(): void }> {
  const server = createServer(near => {
    const socket = connectPlain({ host: '127.0.0.1', port, localAddress: from })
    const far = connect({ socket, servername: 'localhost', ca: authority })
    near.pipe(far).pipe(near)
    socket.on('error', () => near.destroy())
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The tunnel has no port.')
  return { port: address.port, close: () => server.close() }
}
