import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { driftboard } from './driftboard.ts'

const documentOf = (title: string): Y.Doc => {
  const doc = new Y.Doc()
  doc.getMap('meta').set('title', title)
  return doc
}

test.each([
  ['as it is', (state: Uint8Array) => ({ size: 0, content: state })],
  ['deflated', (state: Uint8Array) => ({ size: state.length, content: deflateRawSync(state) })],
])('a whole board is read, %s, and another after it', (_how, pack) => {
  for (const title of ['one', 'one', 'another']) {
    const doc = documentOf(title)
    const message = encodeFrame({ type: 'state', ...pack(Y.encodeStateAsUpdateV2(doc)) })
    const heard = driftboard.decode(message)
    if (heard.type !== 'answer') throw new Error(`It was heard as ${heard.type}.`)
    expect(heard.update).toEqual(Y.encodeStateAsUpdate(doc))
  }
})
