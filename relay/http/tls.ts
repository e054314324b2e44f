import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TlsFiles } from './server.ts'

/** What an adapter serves TLS with, in PEM. */
export interface TlsPair {
  /** The certificate and those that lead to its root. */
  readonly cert: Buffer
  readonly key: Buffer
}

/** Reads both files. Throws, in words for the operator, unless the key is the certificate's. */
export function readTlsPair({ certFile, keyFile }: TlsFiles): TlsPair {
  const pair = { cert: read('TLS_CERT', certFile), key: read('TLS_KEY', keyFile) }
  if (certificateIn(certFile, pair.cert).checkPrivateKey(keyIn(keyFile, pair.key))) return pair
  throw new Error(
    `TLS_KEY: the key in ${keyFile} is not that of the certificate in ${certFile}. Set TLS_CERT and TLS_KEY to files that belong together.`,
  )
}

function read(setting: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(
      `${setting}: ${file} cannot be read (${code}). Set it to a file in PEM that this user may read.`,
    )
  }
}

function certificateIn(file: string, pem: Buffer): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new Error(
      `TLS_CERT: ${file} holds no certificate in PEM. Set it to the full chain, your own certificate first.`,
    )
  }
}

function keyIn(file: string, pem: Buffer): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new Error(
      `TLS_KEY: ${file} holds no private key in PEM, or one that asks for a passphrase. Set it to a key without one.`,
    )
  }
}
