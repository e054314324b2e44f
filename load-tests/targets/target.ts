import type { TargetName } from '../plan.ts'

/** What a relay says, whatever its protocol calls it. Bytes are views into the message. */
export type Heard =
  /** It asks for what the client has beyond the state vector. */
  | { readonly type: 'asks'; readonly stateVector: Uint8Array }
  /** Its answer to the client's own question. */
  | { readonly type: 'answer'; readonly update: Uint8Array }
  /** Changes of others, as they come. Usually one update. */
  | { readonly type: 'changes'; readonly updates: readonly Uint8Array[] }
  | { readonly type: 'presence'; readonly update: Uint8Array }
  /** So many document frames of this connection are safe: all together, or `more` since the last time. */
  | { readonly type: 'safe'; readonly frames: number; readonly more: boolean }
  /** It is ready for the client's question. */
  | { readonly type: 'welcome' }
  | { readonly type: 'other' }

export type Said =
  | { readonly type: 'asks'; readonly stateVector: Uint8Array }
  | { readonly type: 'answer'; readonly update: Uint8Array }
  | { readonly type: 'change'; readonly update: Uint8Array }
  | { readonly type: 'presence'; readonly update: Uint8Array }

/** How to speak with a kind of relay. One file each; `index.ts` lists them. */
export interface Target {
  readonly name: TargetName
  /** Whether it tells which changes are safe, so that the latency of that is known. */
  readonly tellsSafe: boolean
  /** Whether who joins later is given the document. */
  readonly keepsDocuments: boolean
  /** Whether it asks for keys; where not, every connection may write. */
  readonly hasKeys: boolean
  address(url: string, board: string): string
  /** WebSocket subprotocols. */
  offers(credential: string | null): readonly string[]
  /** What to send first, before the question for the document; null: the question may follow at once. */
  greeting(board: string, credential: string | null): Uint8Array | null
  encode(board: string, said: Said): Uint8Array
  decode(message: Uint8Array): Heard
}
