import type { ObjectStream } from '../storage/object-store.ts'

/**
 * Sends a stream piece by piece, each when the one before it was taken. Resolves when all is sent, and also when `write`
 * says that the client is gone. Rejects when the stream fails or is not as long as it said.
 */
export async function sendPieces(
  { bytes, content }: ObjectStream,
  write: (piece: Uint8Array) => boolean | Promise<boolean>,
): Promise<void> {
  let sent = 0
  for await (const piece of content) {
    sent += piece.length
    if (sent > bytes) break
    if (piece.length > 0 && !(await write(piece))) return
  }
  if (sent !== bytes) throw new RangeError(`A stream of ${bytes} bytes had ${sent > bytes ? 'more' : sent}.`)
}
