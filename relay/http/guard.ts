import { CLOSE } from '../../shared/protocol/close.ts'
import type { Logger } from '../room/seams.ts'
import type { Endpoint, Socket, SocketHandler } from './server.ts'

/**
 * An endpoint in which a message that meets a mistake of ours costs its sender the connection. Without it such a message
 * would end the process, and with it everybody's boards, as often as somebody cares to send it.
 */
export function guarded(endpoint: Endpoint, logger: Logger): Endpoint {
  return {
    ...endpoint,
    async upgrade(request) {
      const { protocol, connect } = await endpoint.upgrade(request)
      return { protocol, connect: socket => guardedHandler(connect(socket), socket, logger) }
    },
  }
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
