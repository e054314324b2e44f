import type { Hello } from '../../shared/protocol/hello.ts'

/** What a client may do on one board. */
export interface Grant {
  role: Hello['role']
}

export interface Admission {
  board: string
  /** From the query `?token=`; null when there is none. */
  token: string | null
}

/** Decides who gets in, before a room is opened, so that a stranger costs no memory. */
export interface Authorizer {
  /** The grant, or the reason to refuse in words for the person at the client. */
  authorize(admission: Admission): Promise<Grant | { refused: string }>
}
