/** How the tabs of one browser hear each other: what one posts, all others hear, in the order in which it was posted. */
export interface TabChannel {
  post(message: object): void
  close(): void
}

/** Opens the channel of a name. `hear` gets what other tabs post, of which nothing is known yet. */
export type OpenChannel = (name: string, hear: (message: unknown) => void) => TabChannel

export const browserChannel: OpenChannel = (name, hear) => {
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }) => hear(data)
  return {
    post: message => channel.postMessage(message),
    close: () => channel.close(),
  }
}
