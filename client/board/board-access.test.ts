import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { type BoardKey, deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { BoardAccess, type HeldToken } from './board-access.ts'
import { credentialIn } from './credential.ts'
import { Library } from './library.ts'

const BOARD = 'a-board-of-mine-1'
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiZWRpdG9yIn0.c2lnbmF0dXJl'

const key = (role: Role, seed = 1, epoch = 0): BoardKey =>
  deriveKey(newOwnerKey(seededRandom(seed)), BOARD, role, epoch)

/** A device that holds what `library` does, and opens the board by a link with `fragment`. */
async function access(library: Library, fragment = '', tokens = new Map<string, HeldToken>()) {
  const opened = new BoardAccess({
    board: BOARD,
    opened: credentialIn(fragment),
    library,
    libraryLoaded: Promise.resolve(),
    tokens: {
      read: board => tokens.get(board) ?? null,
      write: (board, token) => void (token ? tokens.set(board, token) : tokens.delete(board)),
    },
    random: seededRandom(99),
  })
  await opened.ready
  return opened
}

const emptyLibrary = () => new Library(new Y.Doc())
const keptKeys = (library: Library) => library.entry(BOARD)?.keys

test('a link’s key is presented, says what may be done, and is kept for the next time without the link', async () => {
  const library = emptyLibrary()
  const first = await access(library, key('viewer').text)
  expect([first.credential, first.role]).toEqual([key('viewer').text, 'viewer'])
  const again = await access(library)
  expect([again.credential, again.role]).toEqual([key('viewer').text, 'viewer'])
})

test('a board from before there were keys gets an owner key, once', async () => {
  const library = emptyLibrary()
  library.opened(BOARD, 1)
  const first = await access(library)
  expect(first.credential).toMatch(/^o\./)
  expect((await access(library)).credential).toBe(first.credential)
})

test('a link without a key to a board that is not on this device presents nothing, and claims nothing later either', async () => {
  const library = emptyLibrary()
  expect((await access(library)).credential).toBeNull()
  library.opened(BOARD, 1)
  expect((await access(library)).credential).toBeNull()
})

test('when the relay refuses the first key, the next is tried, and the one it takes is first from then on', async () => {
  const library = emptyLibrary()
  library.keep(BOARD, [key('editor', 1)], 0)
  const here = await access(library, key('viewer', 2).text)
  expect(here.credential).toBe(key('editor', 1).text)
  expect(here.refused(CLOSE.revoked)).toBe(true)
  expect([here.credential, here.role]).toEqual([key('viewer', 2).text, 'viewer'])
  here.welcomed({ role: 'viewer', epoch: 1 })
  expect(keptKeys(library)).toEqual([key('viewer', 2), key('editor', 1)])
})

test('a made-up link of the same role costs nobody their access', async () => {
  const library = emptyLibrary()
  library.keep(BOARD, [key('editor', 1)], 0)
  const here = await access(library, key('editor', 666).text)
  expect(here.refused(CLOSE.revoked)).toBe(true)
  here.welcomed({ role: 'editor', epoch: 0 })
  expect(keptKeys(library)?.[0]).toEqual(key('editor', 1))
})

test('when every key is refused there is nothing more to try, and what the person might do before stands', async () => {
  const here = await access(emptyLibrary(), key('editor').text)
  here.welcomed({ role: 'editor', epoch: 0 })
  expect(here.refused(CLOSE.revoked)).toBe(false)
  expect([here.role, here.credential]).toEqual(['editor', key('editor').text])
})

test('a refusal for what was written is no reason to try another key', async () => {
  const library = emptyLibrary()
  library.keep(BOARD, [key('viewer', 1)], 0)
  const here = await access(library, key('viewer', 2).text)
  here.welcomed({ role: 'viewer', epoch: 0 })
  for (const code of [CLOSE.refused, CLOSE.invalid, CLOSE.tooLarge]) expect(here.refused(code)).toBe(false)
})

test('the relay’s word on the role goes over the key’s, and others hear of it', async () => {
  const here = await access(emptyLibrary(), key('viewer').text)
  const heard: Role[] = []
  here.subscribe(() => heard.push(here.role))
  here.welcomed({ role: 'editor', epoch: null })
  expect(heard).toEqual(['editor'])
})

test('a relay that looks at no keys changes none, and the address is all there is to share', async () => {
  const library = emptyLibrary()
  library.keep(BOARD, [key('editor', 1), key('viewer', 1)], 3)
  const here = await access(library)
  here.welcomed({ role: 'editor', epoch: null })
  expect(here.shareable).toMatchObject({ by: 'address', key: key('editor', 1), epoch: 3 })
  expect(here.ownerKey).toBeNull()
})

test('the owner keeps the epoch that the relay tells or a replacement brings', async () => {
  const library = emptyLibrary()
  library.keep(BOARD, [key('owner')], 0)
  const here = await access(library)
  here.welcomed({ role: 'owner', epoch: 2 })
  expect(here.shareable).toMatchObject({ key: key('owner'), epoch: 2 })
  here.rotated(3)
  expect([here.shareable, library.entry(BOARD)?.epoch]).toEqual([
    { by: 'key', key: key('owner'), epoch: 3 },
    3,
  ])
})

test('an owner who reloads their own board, whose address holds the editors’ link, stays its owner', async () => {
  const library = emptyLibrary()
  library.keep(BOARD, [key('owner')], 1)
  const here = await access(library, key('editor', 1, 1).text)
  expect(here.credential).toBe(key('owner').text)
  expect(keptKeys(library)).toEqual([key('owner')])
})

test('a token is presented as it is, lasts as long as its tab, and never reaches the library', async () => {
  const library = emptyLibrary()
  const tab = new Map<string, HeldToken>()
  const here = await access(library, TOKEN, tab)
  expect([here.credential, here.role, here.shareable.by]).toEqual([TOKEN, 'viewer', 'nothing'])
  here.welcomed({ role: 'editor', epoch: null })
  expect(keptKeys(library)).toEqual([])
  const reloaded = await access(library, '', tab)
  expect([reloaded.credential, reloaded.role]).toEqual([TOKEN, 'editor'])
  expect((await access(library)).credential).toBeNull()
})

test('a key that is opened goes before the token of the tab', async () => {
  const tab = new Map<string, HeldToken>([[BOARD, { text: TOKEN, role: 'editor' }]])
  const here = await access(emptyLibrary(), key('viewer').text, tab)
  expect(here.credential).toBe(key('viewer').text)
  expect(tab.size).toBe(0)
})

test.each(['', '#', '#top', 'e.short', 'x.y', `e.${'*'.repeat(43)}`, 'a.b.c d', 'a..c'])(
  'there is no credential in the fragment %j',
  fragment => {
    expect(credentialIn(fragment)).toBeNull()
  },
)

test('a better key that another tab of this browser was given is presented here too, and once it is taken goes first', async () => {
  const library = emptyLibrary()
  const first = await access(library, key('viewer').text)
  first.welcomed({ role: 'viewer', epoch: 0 })
  const told: boolean[] = []
  first.subscribe(isAnotherKey => told.push(isAnotherKey))
  const second = await access(library, key('editor').text)
  expect(told).toEqual([true])
  expect([first.credential, first.role]).toEqual([key('editor').text, 'editor'])
  first.welcomed({ role: 'editor', epoch: 0 })
  second.sharedWelcome({ role: 'editor', epoch: 0 })
  expect([second.credential, second.role]).toEqual([key('editor').text, 'editor'])
  expect([first.group, second.group]).toEqual(['keys', 'keys'])
})

test('a made-up key of another tab is tried once, and what the relay takes is first again in both tabs', async () => {
  const library = emptyLibrary()
  const first = await access(library, key('viewer').text)
  first.welcomed({ role: 'viewer', epoch: 0 })
  const second = await access(library, key('editor', 7).text)
  expect(first.credential).toBe(key('editor', 7).text)
  expect(first.refused(CLOSE.refused)).toBe(true)
  first.welcomed({ role: 'viewer', epoch: 0 })
  expect([first.credential, second.credential]).toEqual([key('viewer').text, key('viewer').text])
  second.sharedWelcome({ role: 'viewer', epoch: 0 })
  expect(keptKeys(library)?.[0]).toEqual(key('viewer'))
})

test('tabs with a token enter by a connection of their own, whose name does not tell the token', async () => {
  const library = emptyLibrary()
  const withKey = await access(library, key('viewer').text)
  const withToken = await access(library, TOKEN)
  expect(withToken.group).not.toBe(withKey.group)
  expect(withToken.group).not.toContain(TOKEN)
  expect((await access(library, TOKEN)).group).toBe(withToken.group)
})
