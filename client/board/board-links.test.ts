import { expect, test } from 'vitest'
import { deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { keysToShare, safeKey } from './board-links.ts'

const BOARD = 'a-board-of-mine-1'
const owner = newOwnerKey(seededRandom(1))
const editor = deriveKey(owner, BOARD, 'editor', 2)
const viewer = deriveKey(editor, BOARD, 'viewer', 2)

test('an owner shows and hands on the editors’ link of the epoch, and never their own', () => {
  expect(safeKey(owner, BOARD, 2)).toEqual(editor)
  expect(keysToShare(owner, BOARD, 2).map(({ role }) => role)).toEqual(['editor', 'commenter', 'viewer'])
  expect(keysToShare(owner, BOARD, 2)[0]).toEqual(editor)
})

test('an editor hands on their own link and those below, which are the owner’s too', () => {
  expect(keysToShare(editor, BOARD, 99)).toEqual(keysToShare(owner, BOARD, 2))
})

test('who may only look can hand on only that', () => {
  expect(keysToShare(viewer, BOARD, 0)).toEqual([viewer])
})
