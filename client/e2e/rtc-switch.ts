/** Runs in the page before its own scripts: lets a test pull the plug of every peer connection. */
export function installRtcSwitch(blocked: boolean): void {
  const Real = window.RTCPeerConnection
  const open = new Set<RTCPeerConnection>()
  const state = { blocked }
  class SwitchedPeerConnection extends Real {
    constructor(config?: RTCConfiguration) {
      if (state.blocked) throw new DOMException('Peer connections are blocked.', 'NotAllowedError')
      super(config)
      open.add(this)
    }
  }
  Object.assign(window, {
    RTCPeerConnection: SwitchedPeerConnection,
    rtcSwitch: {
      block() {
        state.blocked = true
        for (const connection of open) connection.close()
        open.clear()
      },
      allow() {
        state.blocked = false
      },
    },
  })
}

declare global {
  interface Window {
    rtcSwitch: { block(): void; allow(): void }
  }
}
