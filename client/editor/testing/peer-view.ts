import { PeerTracker } from '../peer-tracker.ts'
import type { Peer } from '../types.ts'
import type { Rig } from './rig.ts'

/** What another person, on the same board, is shown of the one at `rig`, and how many bytes the message has. */
export function peerView(rig: Rig): (Pick<Peer, 'preview'> & { readonly size: number }) | undefined {
  let seen: ReadonlyMap<number, Peer> = new Map()
  const tracker = new PeerTracker(rig.board, peers => {
    seen = peers
  })
  const text = JSON.stringify(rig.editor.outgoingPresence({ name: 'Ada', colour: '#ff0000' }))
  tracker.receive(new Map([[1, JSON.parse(text)]]))
  tracker.destroy()
  const peer = seen.get(1)
  return peer && { preview: peer.preview, size: text.length }
}
