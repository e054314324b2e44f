import { createHash, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import { newId } from '../util/ids.ts'
import { secureRandom } from '../util/random.ts'
import { type BoardKey, deriveKey, keyHash, newOwnerKey, parseKey } from './keys.ts'
import { isAtLeast, ROLES, type Role } from './role.ts'

const BOARD = 'a-board-of-mine-1'

const owner: BoardKey = { role: 'owner', text: `o.${'A'.repeat(43)}` }

const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const roles = fc.constantFrom(...ROLES)
const epochs = fc.nat()
const boards = seeds.map(seed => newId(seededRandom(seed)))
const owners = seeds.map(seed => newOwnerKey(seededRandom(seed)))

/** The same keys by Node's own HKDF, from what the page of keys.ts says. */
function referenceKey(secret: Uint8Array, role: Role, generation: string): string {
  const info = `driftboard key\n${BOARD}\n${role}${generation}`
  const derived = hkdfSync('sha256', secret, new Uint8Array(), info, 32)
  return `${role.charAt(0)}.${Buffer.from(derived).toString('base64url')}`
}

const secretOf = (text: string): Buffer => Buffer.from(text.slice(2), 'base64url')

// Links and stored hashes hang on these: when one changes, every link that people have shared stops to work.
test.each<[Role, number, string, string]>([
  [
    'owner',
    0,
    'o.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '47B4zoMsh0mJsyQ2QXXz2J8ljMMvxUledl0HuT6nk-U',
  ],
  [
    'editor',
    0,
    'e.dKIIZ6dju5YXnRx_PhYEbsmh-6JKYuIYBTGZV5L8XqE',
    'vd6zjL85zPTOhMKEqWXYwL_Sqr6mrZwQ8hHWt9QvYb0',
  ],
  [
    'commenter',
    0,
    'c.dIGLP6Q_BnRPT9dVkj8vgWwe5Ns6_UMm5XgayLAmLWQ',
    'o7xqYCeiZXx7NZJyo6OaEe7G9hcQAE5m33lu_v_LRko',
  ],
  [
    'viewer',
    0,
    'v.H8IrEEZUPweA_TIJ4uP5QKzsOk7_4PGKKehmdj_Mc4s',
    'C_-qA50AaEpy2Y3-l4KUBBOahwpoz1qCnIvZqUPK7zc',
  ],
  [
    'editor',
    1,
    'e.JAdo0ne6uAPnDLriTRi5ChqUTgCzVlLlzcQxxP9gtHk',
    'DaTGNtrOleYpVfXz-JVPqUAyozjRj5sxMenP4meN2kM',
  ],
  [
    'viewer',
    1,
    'v.JRZfKxwTJte-uoa4ehmXbYfxRttzC1N1-XWbNYUSX4Q',
    'ZS0DOt3ehtgc4NY-yUqv8ekFgpYmrit6njUZE-mjg_U',
  ],
])('the %s key of epoch %i and its hash are what they have always been', (role, epoch, text, hash) => {
  const key = deriveKey(owner, BOARD, role, epoch)
  expect(key).toEqual({ role, text })
  expect(keyHash(key, BOARD)).toBe(hash)
})

test("keys are HKDF-SHA-256 and hashes SHA-256, as Node's own crypto computes them", () => {
  const editor = deriveKey(owner, BOARD, 'editor', 7)
  expect(editor.text).toBe(referenceKey(secretOf(owner.text), 'editor', '\n7'))
  const commenter = deriveKey(owner, BOARD, 'commenter', 7)
  expect(commenter.text).toBe(referenceKey(secretOf(editor.text), 'commenter', ''))
  const hash = createHash('sha256').update(`driftboard key hash\n${BOARD}\n${editor.text}`)
  expect(keyHash(editor, BOARD)).toBe(hash.digest('base64url'))
})

test('no key of a higher role follows from a lower one', () => {
  fc.assert(
    fc.property(owners, boards, roles, roles, epochs, (top, board, from, to, epoch) => {
      fc.pre(!isAtLeast(from, to))
      const key = deriveKey(top, board, from, epoch)
      expect(() => deriveKey(key, board, to, epoch)).toThrow(RangeError)
    }),
  )
})

test('who may edit makes the same links to comment and to view as the owner does', () => {
  fc.assert(
    fc.property(owners, boards, roles, roles, epochs, (top, board, from, to, epoch) => {
      fc.pre(isAtLeast(from, to))
      const direct = deriveKey(top, board, to, epoch)
      expect(deriveKey(deriveKey(top, board, from, epoch), board, to, epoch)).toEqual(direct)
    }),
  )
})

test('another board, epoch, owner or role makes another key', () => {
  const made = new Map<string, string>()
  fc.assert(
    fc.property(owners, boards, roles, epochs, (top, board, role, epoch) => {
      const generation = role === 'owner' ? '' : `${board} ${epoch}`
      const source = `${top.text} ${role} ${generation}`
      const { text } = deriveKey(top, board, role, epoch)
      expect(made.get(text) ?? source).toBe(source)
      made.set(text, source)
    }),
  )
  expect(new Set(made.values()).size).toBe(made.size)
})

test('the hashes of one key differ between boards', () => {
  expect(keyHash(owner, BOARD)).not.toBe(keyHash(owner, 'a-board-of-mine-2'))
})

test('a key that is written into a link and read from it is the same key', () => {
  fc.assert(
    fc.property(owners, boards, roles, epochs, (top, board, role, epoch) => {
      const key = deriveKey(top, board, role, epoch)
      expect(parseKey(key.text)).toEqual(key)
    }),
  )
})

test('two new owner keys differ, and are made of 32 bytes', () => {
  const key = newOwnerKey(secureRandom)
  expect(key.text).not.toBe(newOwnerKey(secureRandom).text)
  expect(secretOf(key.text)).toHaveLength(32)
})

test.each([
  ['nothing', ''],
  ['a letter of no role', `x.${'A'.repeat(43)}`],
  ['a capital letter', `E.${'A'.repeat(43)}`],
  ['no letter', 'A'.repeat(43)],
  ['a secret that is too short', `e.${'A'.repeat(42)}`],
  ['a secret that is too long', `e.${'A'.repeat(44)}`],
  ['padding', `e.${'A'.repeat(43)}=`],
  ['base64 that is not of the URL kind', `e.${'+'.repeat(43)}`],
  ['a second text for the same 32 bytes', `e.${'A'.repeat(42)}B`],
  ['a line break at the end', `e.${'A'.repeat(43)}\n`],
  ['a token', 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoib3duZXIifQ.c2lnbmF0dXJl'],
])('a text with %s is no key', (_what, text) => {
  expect(parseKey(text)).toBeNull()
})

test('of all texts only those that a key would be written as are keys', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.base64String({ minLength: 40 })), text => {
      for (const candidate of [text, `e.${text}`]) {
        const key = parseKey(candidate)
        if (key) expect(candidate).toBe(`e.${secretOf(candidate).toString('base64url')}`)
      }
    }),
  )
})
