import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { argon2Key } from './argon2.ts'
import { isSealedFile, openSealedFile, sealFile } from './sealed-file.ts'
import { VaultError } from './vault-error.ts'

const random = seededRandom(3)
/** As slow as a test may be. */
const options = { random, stretch: argon2Key, cost: { memoryKiB: 64, passes: 1, lanes: 1 } }
const PASSPHRASE = 'otters hold hands'

const sealed = async (plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await (await sealFile(new Blob([plain]), PASSPHRASE, options)).arrayBuffer())

const open = (file: Uint8Array, passphrase = PASSPHRASE) => openSealedFile(file, passphrase, options)

test('a file opens by its passphrase, in one part or in many, and is known by its first bytes', async () => {
  for (const length of [0, 1, 5_000, 9 * 2 ** 20]) {
    const plain = new Uint8Array(length).map((_, i) => i % 251)
    const file = await sealed(plain)
    expect(isSealedFile(file)).toBe(true)
    const opened = await open(file)
    expect(opened.at === 'open' && Buffer.compare(opened.bytes, plain)).toBe(0)
  }
  expect(isSealedFile(new TextEncoder().encode('PK something else'))).toBe(false)
})

test('nothing of what is in it can be read', async () => {
  const file = await sealed(new TextEncoder().encode('the plans of the otters'))
  expect(new TextDecoder().decode(file)).not.toContain('otters')
})

test('another passphrase is wrong, and one that is typed in other code points is not', async () => {
  const file = await sealed(Uint8Array.of(1))
  expect(await open(file, 'otters hold paws')).toEqual({ at: 'wrong' })
  const accented = new Uint8Array(
    await (await sealFile(new Blob([Uint8Array.of(1)]), 'café au lait', options)).arrayBuffer(),
  )
  expect((await open(accented, 'cafe\u0301 au lait')).at).toBe('open')
})

test('a passphrase that is too short is refused', async () => {
  await expect(sealFile(new Blob(['x']), 'short', options)).rejects.toBeInstanceOf(VaultError)
})

test('a file that is cut, or changed by one byte, never opens', async () => {
  const file = await sealed(random.bytes(300))
  for (let length = 0; length < file.length; length += 11)
    expect((await open(file.slice(0, length))).at, `cut to ${length}`).not.toBe('open')
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = file.slice()
      changed[at] = (changed[at] as number) ^ by
      expect((await open(changed)).at).not.toBe('open')
    }),
    { numRuns: 60 },
  )
})

test('parts that change places, or are left out, are told', async () => {
  const file = await sealed(new Uint8Array(9 * 2 ** 20))
  const [first = 0, second = 0, third = 0] = starts(file)
  const head = file.subarray(0, first)
  const a = file.subarray(first, second)
  const b = file.subarray(second, third)
  const c = file.subarray(third)
  const joined = async (...parts: readonly Uint8Array[]) =>
    new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
  expect((await open(await joined(head, a, b, c))).at).toBe('open')
  expect(await open(await joined(head, b, a, c))).toEqual({ at: 'damaged' })
  expect(await open(await joined(head, a, b))).toEqual({ at: 'damaged' })
  expect(await open(await joined(head, a, b, c, c))).toEqual({ at: 'damaged' })
})

test('a file of a newer version says so, and one that asks for a terabyte of memory is not believed', async () => {
  const file = await sealed(Uint8Array.of(1))
  expect(await open(await withHeader(file, '"version":1', '"version":2'))).toEqual({ at: 'newer' })
  expect(await open(await withHeader(file, '"memoryKiB":64', '"memoryKiB":9'.padEnd(22, '9')))).toEqual({
    at: 'damaged',
  })
})

/** Where the parts begin. */
function starts(file: Uint8Array): readonly number[] {
  const view = new DataView(file.buffer, file.byteOffset)
  const found: number[] = []
  let at = 18 + 4 + view.getUint32(18, true)
  while (at < file.length) {
    found.push(at)
    at += 4 + view.getUint32(at, true)
  }
  return found
}

async function withHeader(file: Uint8Array, from: string, to: string): Promise<Uint8Array> {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(18, true)
  const header = new TextDecoder().decode(file.subarray(22, 22 + length))
  expect(header).toContain(from)
  const text = new TextEncoder().encode(header.replace(from, to))
  const lengthBytes = new Uint8Array(Uint32Array.of(text.length).buffer)
  const parts = [file.slice(0, 18), lengthBytes, text, file.slice(22 + length)]
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}
