import { CLOSE } from '../../shared/protocol/close.ts'
import type { Logger } from '../room/seams.ts'
import type { ObjectStream } from '../storage/object-store.ts'
import { ClientGone } from './incoming.ts'
import { type Endpoint, FAILED, type ServerParts, type Socket, type SocketHandler } from './server.ts'

/**
 * An endpoint in which a message that meets a mistake of ours costs its sender the connection. Without it such a message
 * would end the process, and with it everybody's boards, as often as somebody cares to send it.
 */
export function guarded(endpoint: Endpoint, logger: Logger): Endpoint {
  return {
    ...endpoint,
    async upgrade(request) {
      const { connect, ...upgrade } = await endpoint.upgrade(request)
      return { ...upgrade, connect: socket => guardedHandler(connect(socket), socket, logger) }
    },
  }
}

/** Routes whose failures are in the log, which what is answered says nothing of. */
export function guardedRoutes(respond: ServerParts['respond'], logger: Logger): ServerParts['respond'] {
  return async request => {
    try {
      const response = await respond(request)
      const { body } = response
      return body instanceof Uint8Array ? response : { ...response, body: guardedStream(body, logger) }
    } catch (err) {
      // No path: it may hold the id of a board, which is a secret.
      if (!(err instanceof ClientGone)) logger.error({ err, method: request.method }, 'a request failed')
      return FAILED
    }
  }
}

function guardedStream({ bytes, content }: ObjectStream, logger: Logger): ObjectStream {
  async function* watched() {
    try {
      yield* content
    } catch (err) {
      logger.error({ err }, 'a download broke off')
      throw err
    }
  }
  return { bytes, content: watched() }
}

function guardedHandler(handler: SocketHandler, socket: Socket, logger: Logger): SocketHandler {
  return {
    message(message) {
      try {
        handler.message(message)
      } catch (err) {
        logger.error(
          { err },
          'a message met a mistake of this relay; its sender was closed. Please report this.',
        )
        socket.close(CLOSE.unavailable, 'The relay could not handle that. Your changes stay on your device.')
      }
    },
    drained: () => handler.drained(),
    closed: () => handler.closed(),
  }
}
