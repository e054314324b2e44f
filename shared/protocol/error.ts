import type { CloseCode } from './close.ts'

/** Bytes that break the protocol: the code to close with, and a reason for the person who reads the log. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code: CloseCode

  constructor(code: CloseCode, reason: string) {
    super(reason)
    this.code = code
  }
}
