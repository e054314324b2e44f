import uWS from 'uWebSockets.js'
import { FrameWriter } from '../../../shared/protocol/bytes.ts'
import { encodeFrame } from '../../../shared/protocol/frame.ts'
import { BUNDLE } from '../../targets/bare.ts'

// Reads nothing, keeps nothing: what came in one turn of the event loop goes to the room as one message.

interface Person {
  readonly room: string
}

/** y-websocket's sync step 1: answered, so that clients begin. */
const isQuestion = (message: Uint8Array): boolean => message[0] === 0 && message[1] === 0
const isPresence = (message: Uint8Array): boolean => message[0] === 1

const QUESTION = encodeFrame({ type: 'syncStep1', stateVector: Uint8Array.of(0) })
const NOTHING = encodeFrame({ type: 'syncStep2', update: Uint8Array.of(0, 0) })

const waiting = new Map<string, Uint8Array[]>()
let isWaiting = false

function publish(): void {
  isWaiting = false
  for (const [room, frames] of waiting) {
    const bundle = frames.reduce((writer, frame) => writer.varBytes(frame), new FrameWriter().varUint(BUNDLE))
    app.publish(room, bundle.finish(), true)
  }
  waiting.clear()
}

function hold(room: string, frame: Uint8Array): void {
  const frames = waiting.get(room)
  if (frames) frames.push(frame)
  else waiting.set(room, [frame])
  if (!isWaiting) setTimeout(publish, 0)
  isWaiting = true
}

const app = uWS.App().ws<Person>('/*', {
  maxPayloadLength: 16 * 1024 * 1024,
  maxBackpressure: 64 * 1024 * 1024,
  upgrade(response, request, context) {
    const [key, protocol, extensions] = ['key', 'protocol', 'extensions'].map(name =>
      request.getHeader(`sec-websocket-${name}`),
    )
    response.upgrade(
      { room: request.getUrl() },
      key as string,
      protocol as string,
      extensions as string,
      context,
    )
  },
  open(socket) {
    socket.subscribe(socket.getUserData().room)
    socket.send(QUESTION, true)
  },
  message(socket, data) {
    const message = new Uint8Array(data)
    const { room } = socket.getUserData()
    if (isQuestion(message)) socket.send(NOTHING, true)
    else if (isPresence(message)) app.publish(room, data, true)
    else hold(room, Uint8Array.from(message))
  },
})
app.listen(0, token => console.log(`port ${uWS.us_socket_local_port(token as uWS.us_listen_socket)}`))
