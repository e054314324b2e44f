import type { CloseCode } from './close.ts'

/** What breaks the protocol: the code to close with, a reason for people, and the place in the document, or ''. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code: CloseCode
  readonly where: string

  constructor(code: CloseCode, reason: string, where = '') {
    super(reason)
    this.code = code
    this.where = where
  }
}
