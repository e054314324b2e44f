interface Outgoing {
  /** The frames to send in place of one. */
  allowed(frame: Uint8Array): readonly Uint8Array[]
  /** Told of each frame once it is on its way. */
  sent(frame: Uint8Array): void
}

/** A WebSocket class whose binary frames go out as `allowed` says. */
export function outgoingSocket(Base: typeof WebSocket, { allowed, sent }: Outgoing): typeof WebSocket {
  return class extends Base {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      if (!(data instanceof Uint8Array)) return super.send(data as string)
      for (const frame of allowed(data)) {
        super.send(frame as Uint8Array<ArrayBuffer>)
        sent(frame)
      }
    }
  }
}
