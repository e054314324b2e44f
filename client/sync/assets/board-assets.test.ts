import { expect, test } from 'vitest'
import {
  assetsBench,
  MemoryFiles,
  MemoryRelay,
  nameOf,
  OFFLINE,
  ONLINE,
  picture,
  until,
} from './board-assets.testing.ts'
import { ImageFiles } from './image-files.ts'

const image = picture()
const hash = nameOf(image)

test('an image put without a network is there at once, is kept, and goes up after a reload when the network is back', async () => {
  const before = assetsBench({ link: OFFLINE })
  expect(await before.assets.put(image)).toBe(hash)
  expect(await before.assets.get(hash)).toBe(image)
  await until(() => before.assets.state.device === 'saved', before)
  expect(before.assets.state.waiting).toBe(1)
  before.assets.destroy()

  const after = assetsBench({ files: before.files, link: OFFLINE })
  await until(() => after.assets.state.waiting === 1, after)
  expect(await after.assets.get(hash)).toEqual(image)
  await after.clock.settle(60_000)
  expect(after.relay.puts).toEqual([])
  after.link.set(ONLINE)
  await until(() => after.assets.state.waiting === 0, after)
  expect(after.relay.held.get(hash)).toEqual(image)
  await until(() => after.files.held.size === 1, after)

  const later = assetsBench({ files: after.files, relay: after.relay })
  await later.clock.settle(60_000)
  expect(later.relay.puts).toEqual([hash])
})

test('an image can be named on the board only once this device has it: a tab closed at once leaves none without bytes', async () => {
  const bench = assetsBench({ link: OFFLINE })
  await bench.assets.put(image)
  expect([...bench.files.held.keys()].sort()).toEqual([`image/${hash}`, `upload/${hash}`])
})

test('who may only look sends nothing, and sees what others sent', async () => {
  const relay = new MemoryRelay()
  const viewer = assetsBench({ relay, link: { canRead: true, canWrite: false } })
  await viewer.assets.put(picture(7))
  relay.held.set(hash, image)
  expect(await viewer.assets.get(hash)).toEqual(image)
  await viewer.clock.settle(600_000)
  expect(relay.puts).toEqual([])
})

test('an image that its sender is still uploading arrives later, is said to, and is kept on this device', async () => {
  const bench = assetsBench()
  expect(await bench.assets.get(hash)).toBeNull()
  await bench.clock.settle(2_000)
  expect(bench.arrivals).toEqual([])
  bench.relay.held.set(hash, image)
  await until(() => {
    bench.clock.advance(10_000)
    return bench.arrivals.length > 0
  }, bench)
  expect(bench.arrivals).toEqual([hash])
  bench.link.set(OFFLINE)
  bench.assets.destroy()
  expect(await assetsBench({ files: bench.files, link: OFFLINE }).assets.get(hash)).toEqual(image)
})

test('what is missing is asked for ever more rarely', async () => {
  const bench = assetsBench()
  await bench.assets.get(hash)
  await bench.clock.settle(10 * 60_000)
  expect(bench.relay.gets).toBeGreaterThan(15)
  expect(bench.relay.gets).toBeLessThan(50)
})

test('a board that names hundreds of images that nobody has makes nobody flood the relay, also when the link flaps', async () => {
  const relay = new MemoryRelay()
  let [atOnce, most] = [0, 0]
  relay.get = async () => {
    relay.gets += 1
    most = Math.max(most, ++atOnce)
    await Promise.resolve()
    atOnce -= 1
    return { at: 'absent' }
  }
  const bench = assetsBench({ relay })
  const made = Array.from({ length: 300 }, (_, i) => i.toString(16).padStart(64, '0'))
  bench.assets.follow(made)
  await until(() => relay.gets >= made.length, bench)
  await bench.clock.settle(5 * 60_000)
  expect(relay.gets).toBeGreaterThan(2 * made.length)
  expect(relay.gets).toBeLessThan(made.length + 5 * 60 * 6)
  most = 0
  bench.link.set(OFFLINE)
  bench.link.set(ONLINE)
  await bench.clock.settle()
  expect(most).toBeLessThan(5)
})

test('bytes that are not what their name says are not taken', async () => {
  const bench = assetsBench()
  bench.relay.held.set(hash, picture(1))
  expect(await bench.assets.get(hash)).toBeNull()
  expect(bench.files.held.size).toBe(0)
})

test('on a full device an image stays usable and goes up, the state says why, and it is kept once there is room', async () => {
  const bench = assetsBench()
  bench.files.isFull = true
  await bench.assets.put(image)
  await until(() => bench.assets.state.device === 'failed', bench)
  expect(bench.assets.state.message).toBe('This device is full.')
  expect(await bench.assets.get(hash)).toBe(image)
  await until(() => bench.relay.held.has(hash), bench)
  bench.files.isFull = false
  await bench.clock.settle(1_000)
  expect(bench.assets.state).toEqual({ device: 'saved', message: '', waiting: 0 })
  expect(bench.files.held.has(`image/${hash}`)).toBe(true)
})

test('a relay that fails is tried again; one that refuses is told of once, until the board is opened anew', async () => {
  const bench = assetsBench()
  bench.relay.answer = { at: 'failed' }
  await bench.assets.put(image)
  await until(() => bench.relay.puts.length === 1, bench)
  await bench.clock.settle(2_000)
  expect(bench.relay.puts.length).toBeGreaterThan(1)
  expect(bench.assets.state.waiting).toBe(1)
  bench.relay.answer = { at: 'refused', reason: 'There is no room.' }
  await bench.clock.settle(600_000)
  expect(bench.refusals).toEqual(['There is no room.'])
  expect(bench.assets.state.waiting).toBe(0)

  const reopened = assetsBench({ files: bench.files })
  await until(() => reopened.relay.held.has(hash), reopened)
})

test('an image that was copied from another board of this device is found there, and goes to the relay of this one', async () => {
  const source = new MemoryFiles()
  await new ImageFiles(source).put(hash, image)
  const bench = assetsBench()
  expect(await bench.assets.get(hash)).toBeNull()
  bench.assets.lookIn(source)
  await until(() => bench.arrivals.length === 1, bench)
  expect(await bench.assets.get(hash)).toEqual(image)
  await until(() => bench.relay.held.has(hash), bench)
  expect(bench.files.held.has(`image/${hash}`)).toBe(true)
})

test('what the board shows comes to this device before anybody looks at it, and only once', async () => {
  const bench = assetsBench({ link: OFFLINE })
  const other = picture(2)
  bench.relay.held.set(hash, image)
  bench.relay.held.set(nameOf(other), other)
  await new ImageFiles(bench.files).put(nameOf(other), other)
  bench.assets.follow([hash, nameOf(other)])
  bench.link.set(ONLINE)
  await until(() => bench.files.held.has(`image/${hash}`), bench)
  bench.assets.follow([hash])
  await bench.clock.settle(60_000)
  expect(bench.relay.gets).toBe(1)
})

test('two who ask for the same image at once cost one request', async () => {
  const bench = assetsBench()
  bench.relay.held.set(hash, image)
  await Promise.all([bench.assets.get(hash), bench.assets.get(hash)])
  expect(bench.relay.gets).toBe(1)
})

test('a crash between the mark and the image leaves nothing to upload and no harm', async () => {
  const files = new MemoryFiles()
  await files.put(`upload/${hash}`, new Uint8Array())
  const bench = assetsBench({ files })
  await bench.clock.settle(60_000)
  expect(bench.assets.state.waiting).toBe(0)
  expect(bench.relay.puts).toEqual([])
})

test('an image that another tab left behind goes up from this one when the link comes', async () => {
  const here = assetsBench({ link: OFFLINE })
  await here.clock.settle()
  const other = assetsBench({ files: here.files, link: OFFLINE })
  await other.assets.put(image)
  await until(() => other.assets.state.device === 'saved' && other.files.held.size === 2, other)
  other.assets.destroy()
  here.link.set(ONLINE)
  await until(() => here.relay.held.has(hash), here)
})

test('an image that is gone from this device holds nothing up, and one that cannot be read now is tried again', async () => {
  const files = new MemoryFiles()
  const own = new ImageFiles(files)
  await own.putUnsent(hash, image)
  const bench = assetsBench({ files, link: OFFLINE })
  await until(() => bench.assets.state.waiting === 1, bench)
  files.isUnreadable = true
  bench.link.set(ONLINE)
  await bench.clock.settle(5_000)
  expect(bench.assets.state.waiting).toBe(1)
  files.isUnreadable = false
  await files.delete(`image/${hash}`)
  await bench.clock.settle(120_000)
  expect(bench.assets.state.waiting).toBe(0)
  expect(bench.relay.puts).toEqual([])
})

test('nothing runs on after the board is closed', async () => {
  const bench = assetsBench()
  bench.relay.answer = { at: 'failed' }
  await bench.assets.put(image)
  await bench.assets.get(nameOf(picture(3)))
  await bench.clock.settle(1_000)
  bench.assets.destroy()
  await bench.clock.settle(1_000)
  expect(bench.clock.waiting).toBe(0)
})

test('a copy of a board takes every image along, to be sent to its own relay', async () => {
  const from = new MemoryFiles()
  await new ImageFiles(from).put(hash, image)
  const to = new MemoryFiles()
  await new ImageFiles(from).copyTo(new ImageFiles(to))
  expect(await new ImageFiles(to).get(hash)).toEqual(image)
  expect(await new ImageFiles(to).unsent()).toEqual([hash])
})
