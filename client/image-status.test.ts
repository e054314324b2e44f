import { expect, test } from 'vitest'
import type { SyncStatus } from './app/model/status.ts'
import { withImages } from './image-status.ts'
import type { AssetsState } from './sync/assets/board-assets.ts'

const SAVED: SyncStatus = { device: 'saved', peers: 0, relay: 'saved', inSnapshot: true, online: true }
const KEPT: AssetsState = { device: 'saved', message: '', waiting: 0 }

test('a board whose images are all kept is as saved as its document', () => {
  expect(withImages(SAVED, KEPT)).toEqual(SAVED)
})

test('an image that this device has not stored yet makes the board unsaved, and one that it cannot says why', () => {
  expect(withImages(SAVED, { ...KEPT, device: 'saving' })).toMatchObject({ device: 'saving' })
  const full = withImages(SAVED, { ...KEPT, device: 'failed', message: 'The disk is full.' })
  expect(full).toMatchObject({ device: 'failed', deviceMessage: 'The disk is full.' })
})

test('an image keeps nothing from being told that is worse', () => {
  const failed: SyncStatus = { ...SAVED, device: 'failed', deviceMessage: 'The document is not saved.' }
  expect(withImages(failed, { ...KEPT, device: 'saving' })).toEqual(failed)
  expect(withImages({ ...SAVED, relay: 'refused' }, { ...KEPT, waiting: 2 })).toMatchObject({
    relay: 'refused',
  })
})

test('an image that waits for its upload keeps the board from being saved at the relay, but not for who may only look', () => {
  expect(withImages(SAVED, { ...KEPT, waiting: 1 })).toMatchObject({ relay: 'syncing', inSnapshot: false })
  const viewer = { ...SAVED, viewOnly: true }
  expect(withImages(viewer, { ...KEPT, waiting: 1 })).toEqual(viewer)
})
