import type { Texture } from 'pixi.js'
import { expect, test } from 'vitest'
import type { Vec } from '../../shared/geometry/vec.ts'
import { type Decoded, type PictureState, Pictures } from './pictures.ts'

const NATURAL: Vec = [2000, 1000]

/** A decoded picture that knows whether it was destroyed, in place of one on a GPU. */
class Fake implements Decoded {
  isDestroyed = false
  readonly texture: Texture

  constructor([width, height]: Vec) {
    this.texture = { width, height } as Texture
  }

  destroy(): void {
    expect(this.isDestroyed).toBe(false)
    this.isDestroyed = true
  }
}

/** Pictures whose bytes are at hand for the assets that `held` names. */
class Rig {
  readonly held = new Set<string>()
  readonly decoded: Fake[] = []
  readonly changed: string[] = []
  isBroken = false
  #arrived: (asset: string) => void = () => {}
  readonly pictures = new Pictures(
    {
      get: async asset => (this.held.has(asset) ? new Uint8Array(1) : null),
      onArrival: listener => {
        this.#arrived = listener
        return () => {}
      },
    },
    async (_, size) => {
      if (this.isBroken) throw new Error('no picture')
      const decoded = new Fake(size)
      this.decoded.push(decoded)
      return decoded
    },
    asset => this.changed.push(asset),
  )

  arrive(asset: string): void {
    this.held.add(asset)
    this.#arrived(asset)
  }

  get open(): readonly Fake[] {
    return this.decoded.filter(({ isDestroyed }) => !isDestroyed)
  }
}

/** Somebody who shows a picture, and notes what it is told. */
class User {
  state: PictureState | undefined

  pictureChanged(state: PictureState): void {
    this.state = state
  }

  get width(): number | undefined {
    return this.state?.at === 'here' ? this.state.texture.width : undefined
  }
}

const settled = () => new Promise(resolve => setImmediate(resolve))

test('a picture is decoded once, as small as is needed, for all who show it', async () => {
  const rig = new Rig()
  rig.held.add('a')
  const [one, two] = [new User(), new User()]
  expect(rig.pictures.hold(one, 'a', NATURAL, 2)).toEqual({ at: 'loading' })
  rig.pictures.hold(two, 'a', NATURAL, 3)
  await settled()
  expect([one.width, two.width]).toEqual([500, 500])
  expect(rig.decoded).toHaveLength(1)
  expect(rig.changed).toEqual(['a'])
})

test('a finer one takes the place of a coarse one, which is destroyed; a slightly coarser need changes nothing', async () => {
  const rig = new Rig()
  rig.held.add('a')
  const user = new User()
  rig.pictures.hold(user, 'a', NATURAL, 3)
  await settled()
  expect(rig.pictures.hold(user, 'a', NATURAL, 1)).toMatchObject({ at: 'here' })
  await settled()
  expect(user.width).toBe(1000)
  rig.pictures.hold(user, 'a', NATURAL, 2)
  await settled()
  expect(user.width).toBe(1000)
  rig.pictures.hold(user, 'a', NATURAL, 4)
  await settled()
  expect(user.width).toBe(125)
  expect(rig.open).toHaveLength(1)
  expect(rig.pictures.count).toBe(1)
})

test('what is absent is said to be, and shown once it arrives', async () => {
  const rig = new Rig()
  const user = new User()
  rig.pictures.hold(user, 'a', NATURAL, 2)
  await settled()
  expect(user.state).toEqual({ at: 'absent' })
  rig.arrive('a')
  await settled()
  expect(user.width).toBe(500)
})

test('bytes that are no picture are broken, and not decoded again and again', async () => {
  const rig = new Rig()
  rig.held.add('a')
  rig.isBroken = true
  const user = new User()
  rig.pictures.hold(user, 'a', NATURAL, 2)
  await settled()
  expect(user.state).toEqual({ at: 'broken' })
  rig.isBroken = false
  expect(rig.pictures.hold(user, 'a', NATURAL, 1)).toEqual({ at: 'broken' })
  await settled()
  expect(rig.decoded).toHaveLength(0)
})

test('over a thousand large photos, one after another in view, memory stays bounded and nothing is left behind', async () => {
  const rig = new Rig()
  const natural: Vec = [1000, 1000]
  let most = 0
  const inView: [User, string][] = []
  for (let i = 0; i < 1000; i++) {
    const asset = `photo ${i}`
    rig.held.add(asset)
    const user = new User()
    rig.pictures.hold(user, asset, natural, 0)
    inView.push([user, asset])
    await settled()
    if (inView.length > 4) rig.pictures.release(...(inView.shift() as [User, string]))
    most = Math.max(most, rig.pictures.bytes)
  }
  expect(rig.decoded).toHaveLength(1000)
  expect(most).toBeLessThan(160 * 2 ** 20)
  expect(rig.open).toHaveLength(rig.pictures.count)
  for (const held of inView) rig.pictures.release(...held)
  rig.pictures.clearIdle()
  expect(rig.pictures.count).toBe(0)
  expect(rig.pictures.bytes).toBe(0)
  expect(rig.open).toHaveLength(0)
})

test('many large pictures in view at once share the memory there is, each coarser', async () => {
  const rig = new Rig()
  const users = Array.from({ length: 60 }, () => new User())
  for (const [i, user] of users.entries()) {
    rig.held.add(`${i}`)
    rig.pictures.hold(user, `${i}`, [4096, 4096], 0)
    await settled()
  }
  expect(users.every(user => (user.width ?? 0) > 0)).toBe(true)
  expect(rig.pictures.bytes).toBeLessThan(257 * 2 ** 20)
})

test('a picture that nobody shows any more when it is decoded is let go at once', async () => {
  const rig = new Rig()
  rig.held.add('a')
  const user = new User()
  rig.pictures.hold(user, 'a', NATURAL, 0)
  rig.pictures.release(user, 'a')
  await settled()
  expect(rig.open).toHaveLength(0)
  expect(rig.pictures.count).toBe(0)
})
