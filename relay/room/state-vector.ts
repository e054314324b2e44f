import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'

/** Bytes. About ten for each time that somebody opened the board and drew. */
const MAX_STATE_VECTOR = 2 * 1024 * 1024

/** Throws ProtocolError when the state vector cannot be decoded. */
export function checkStateVector(stateVector: Uint8Array): void {
  if (stateVector.length > MAX_STATE_VECTOR)
    throw new ProtocolError(CLOSE.tooLarge, `A state vector has ${stateVector.length} bytes.`)
  try {
    Y.decodeStateVector(stateVector)
  } catch {
    throw new ProtocolError(CLOSE.malformed, 'A state vector cannot be decoded.')
  }
}
