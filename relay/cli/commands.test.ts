import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { parseKey } from '../../shared/protocol/keys.ts'
import { systemClock } from '../../shared/util/clock.ts'
import { newId } from '../../shared/util/ids.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { type Config, parseConfig } from '../config.ts'
import { recordKey } from '../storage/level-record.ts'
import { objectSnapshots } from '../storage/object-snapshots.ts'
import { openStores, type Stores } from '../stores.ts'
import { draw } from '../testing/hostile/party.ts'
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts'
import { parseCommand } from './command.ts'
import { offline } from './run.ts'

/** Of a snapshot or version. */
const ID = `${'1'.repeat(13)}-${'a'.repeat(22)}`

let folder: TemporaryFolder
let board: string
let said: string[]
let warned: string[]

beforeEach(async () => {
  folder = await temporaryFolder()
  board = newId(secureRandom)
  said = []
  warned = []
})

afterEach(() => folder.remove())

const inFolder = (name: string): string => join(folder.path, name)

/** Settings for a DATA_DIR of the test's own; another name is another relay's. */
const settings = (name = 'data', more: Record<string, string> = {}): Config =>
  parseConfig({ DATA_DIR: inFolder(name), AUTH: 'open', ...more })

async function withStores<T>(config: Config, work: (stores: Stores) => Promise<T>): Promise<T> {
  const stores = await openStores(config)
  try {
    return await work(stores)
  } finally {
    await stores.close()
  }
}

/** Carries a command line out, as `npm run relay` does on a machine where no relay runs. */
function run(config: Config, ...args: string[]): Promise<number> {
  const command = parseCommand(args)
  if (command.name !== 'export' && command.name !== 'import' && command.name !== 'verify')
    throw new Error(`${command.name} needs no stores.`)
  const terminal = { say: (line: string) => said.push(line), warn: (line: string) => warned.push(line) }
  return withStores(config, stores => offline(command, stores, config, terminal))
}

/** A document with a shape, as a file. */
async function makeFile(name: string, encode = Y.encodeStateAsUpdateV2): Promise<Y.Doc> {
  const doc = new Y.Doc()
  draw(doc)
  doc.getMap('meta').set('title', 'Plan')
  await writeFile(inFolder(name), encode(doc))
  return doc
}

async function imported(): Promise<Y.Doc> {
  const doc = await makeFile('in.yjs')
  await run(settings(), 'import', inFolder('in.yjs'), '--board', board)
  return doc
}

/** What an export of the board has. */
async function exported(config = settings(), format = 'v2'): Promise<Y.Doc> {
  expect(await run(config, 'export', board, '--out', inFolder('out'), '--format', format)).toBe(0)
  const doc = new Y.Doc()
  const bytes = await readFile(inFolder('out'))
  if (format === 'v1') Y.applyUpdate(doc, bytes)
  else Y.applyUpdateV2(doc, bytes)
  return doc
}

const content = (doc: Y.Doc): unknown => ['shapes', 'comments', 'meta'].map(root => doc.getMap(root).toJSON())

const snapshotsOf = ({ objects }: Stores) =>
  objectSnapshots(objects, { clock: systemClock, random: secureRandom, retention: { hourly: 24, daily: 30 } })

describe('export and import', () => {
  test.each([
    ['v2', Y.encodeStateAsUpdateV2],
    ['v1', Y.encodeStateAsUpdate],
  ] as const)(
    'a board goes to a file as %s and from it into another relay, unchanged',
    async (format, encode) => {
      const doc = await makeFile('in.yjs', encode)
      expect(await run(settings(), 'import', inFolder('in.yjs'), '--board', board)).toBe(0)
      expect(content(await exported(settings(), format))).toEqual(content(doc))
      await run(settings('other'), 'import', inFolder('out'), '--board', board)
      expect(content(await exported(settings('other')))).toEqual(content(doc))
    },
  )

  test('json is for reading: it has every root, and bytes in base64', async () => {
    const doc = new Y.Doc()
    draw(doc)
    await writeFile(inFolder('in.yjs'), Y.encodeStateAsUpdateV2(doc))
    await run(settings(), 'import', inFolder('in.yjs'), '--board', board)
    await run(settings(), 'export', board, '--out', inFolder('out.json'), '--format', 'json')
    const json = JSON.parse(await readFile(inFolder('out.json'), 'utf8'))
    expect(json).toEqual({ meta: {}, shapes: doc.getMap('shapes').toJSON(), comments: {} })
  })

  test('a board that only the object store has is exported from there', async () => {
    const doc = await makeFile('in.yjs')
    await withStores(settings(), stores => snapshotsOf(stores).put(board, Y.encodeStateAsUpdateV2(doc)))
    expect(content(await exported())).toEqual(content(doc))
  })

  test('what the log has and what only another relay stored are exported together', async () => {
    const doc = await imported()
    const other = new Y.Doc()
    draw(other)
    await withStores(settings(), stores => snapshotsOf(stores).put(board, Y.encodeStateAsUpdateV2(other)))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    expect(content(await exported())).toEqual(content(other))
  })

  test('a damaged snapshot does not keep what the log has from being exported, and is told', async () => {
    const doc = await imported()
    await withStores(settings(), ({ objects }) =>
      objects.put(`boards/${board}/snapshots/${ID}`, Uint8Array.of(1, 2, 3)),
    )
    expect(content(await exported())).toEqual(content(doc))
    expect(warned.join()).toContain('Only what this DATA_DIR has is written')
  })

  test('a board that is nowhere is not written as an empty file', async () => {
    await expect(run(settings(), 'export', board, '--out', inFolder('out'))).rejects.toThrow(
      `There is no board ${board} here.`,
    )
    await expect(readFile(inFolder('out'))).rejects.toThrow('ENOENT')
  })

  test('a file that cannot be written is said with its option', async () => {
    await imported()
    await expect(run(settings(), 'export', board, '--out', inFolder('no/such/folder'))).rejects.toThrow(
      /^--out: /,
    )
  })

  test('a board that has something is not touched without --force, and with it the file is merged in', async () => {
    const before = await imported()
    const more = await makeFile('more.yjs')
    const again = (...args: string[]) =>
      run(settings(), 'import', inFolder('more.yjs'), '--board', board, ...args)
    await expect(again()).rejects.toThrow(`Board ${board} has something already.`)
    expect(content(await exported())).toEqual(content(before))
    await again('--force')
    Y.applyUpdate(more, Y.encodeStateAsUpdate(before))
    expect(content(await exported())).toEqual(content(more))
  })

  test('a board that only the object store has is not taken for an empty one', async () => {
    const doc = await makeFile('in.yjs')
    await withStores(settings(), stores => snapshotsOf(stores).put(board, Y.encodeStateAsUpdateV2(doc)))
    await expect(run(settings(), 'import', inFolder('in.yjs'), '--board', board)).rejects.toThrow(
      'has something already',
    )
  })

  test.each<[string, (doc: Y.Doc) => void, RegExp]>([
    ['holds what the schema does not know', doc => doc.getMap('shapes').set('x', 1), /shapes/],
    ['holds another root', doc => doc.getMap('secrets').set('x', 1), /secrets/],
    ['is over the limit on shapes', doc => [1, 2, 3, 4].map(() => draw(doc)), /shapes/],
  ])('a file that %s is refused with the reason, and the board stays empty', async (_what, fill, reason) => {
    const doc = new Y.Doc()
    fill(doc)
    await writeFile(inFolder('in.yjs'), Y.encodeStateAsUpdateV2(doc))
    const config = settings('data', { MAX_SHAPES: '3' })
    await expect(run(config, 'import', inFolder('in.yjs'), '--board', board)).rejects.toThrow(reason)
    await expect(run(config, 'export', board, '--out', inFolder('out'))).rejects.toThrow('There is no board')
  })

  test('a part of a board, which builds on changes that it lacks, is refused', async () => {
    const doc = new Y.Doc()
    draw(doc)
    const before = Y.encodeStateVector(doc)
    draw(doc)
    await writeFile(inFolder('in.yjs'), Y.encodeStateAsUpdateV2(doc, before))
    await expect(run(settings(), 'import', inFolder('in.yjs'), '--board', board)).rejects.toThrow(
      'builds on changes that it does not hold',
    )
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a)],
    ['text', Buffer.from('{"shapes":{}}')],
  ])('a file that is %s is refused by its name', async (_what, bytes) => {
    await writeFile(inFolder('in.yjs'), bytes)
    await expect(run(settings(), 'import', inFolder('in.yjs'), '--board', board)).rejects.toThrow(
      /in\.yjs is no update of Yjs/,
    )
  })

  test('with AUTH=links a board that nobody owned gets an owner, whose key is said once', async () => {
    await makeFile('in.yjs')
    const config = settings('data', { AUTH: 'links' })
    await run(config, 'import', inFolder('in.yjs'), '--board', board)
    const key = new RegExp(`/b/${board}#(\\S+)`).exec(said.join('\n'))?.[1] ?? ''
    expect(parseKey(key)?.role).toBe('owner')
    said = []
    await run(config, 'import', inFolder('in.yjs'), '--board', board, '--force')
    expect(said.join('\n')).not.toContain('#')
  })
})

describe('verify', () => {
  /** What it says, a line for each problem, and the sum last. */
  async function verify(...args: string[]): Promise<{ code: number; problems: string[]; sum: string }> {
    said = []
    const code = await run(settings(), 'verify', ...args)
    return { code, problems: said.slice(0, -1), sum: said.at(-1) ?? '' }
  }

  const put = (key: string, bytes: Uint8Array) =>
    withStores(settings(), ({ objects }) => objects.put(`boards/${board}/${key}`, bytes))

  /** Does something to the records of the log behind the relay's back. */
  async function damage(work: (db: ClassicLevel<Uint8Array, Uint8Array>) => Promise<void>): Promise<void> {
    const db = new ClassicLevel<Uint8Array, Uint8Array>(inFolder('data/updates'), {
      keyEncoding: 'view',
      valueEncoding: 'view',
    })
    await work(db)
    await db.close()
  }

  test('what is whole is counted, and the exit code is 0', async () => {
    const doc = await imported()
    const image = Buffer.from('any bytes')
    await put(`assets/${createHash('sha256').update(image).digest('hex')}.png`, image)
    await withStores(settings(), stores => snapshotsOf(stores).retain(board, Y.encodeStateAsUpdateV2(doc)))
    const { code, problems, sum } = await verify()
    expect(problems).toEqual([])
    expect(code).toBe(0)
    expect(sum).toMatch(
      /^Checked 1 boards in the log, \d snapshots, [12] versions, 1 images and 0 key records: all is well\.$/,
    )
  })

  test('it reads and changes nothing', async () => {
    const doc = await imported()
    const before = await withStores(settings(), ({ objects }) => objects.list(''))
    await verify()
    expect(await withStores(settings(), ({ objects }) => objects.list(''))).toEqual(before)
    expect(content(await exported())).toEqual(content(doc))
  })

  test.each<[string, (key: Uint8Array) => Parameters<typeof damage>[0], RegExp]>([
    [
      'a damaged record',
      key => db => db.put(key, Uint8Array.of(1, 2, 3, 4, 5, 6)),
      /Record \d+ of board .* is damaged/,
    ],
    ['a record of an unknown kind', key => db => db.put(key, Uint8Array.of()), /is damaged/],
  ])('%s of the log is told with the board and what to do', async (_what, make, problem) => {
    await imported()
    await damage(async db => {
      const keys = await db
        .keys({ gte: recordKey(board, 0), lte: recordKey(board, Number.MAX_SAFE_INTEGER) })
        .all()
      await make(keys[0] as Uint8Array)(db)
    })
    const { code, problems } = await verify()
    expect(code).toBe(1)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(problem)
    expect(problems[0]).toContain('Restore DATA_DIR from a backup')
  })

  test('a damaged board does not hide another', async () => {
    await imported()
    const first = board
    board = newId(secureRandom)
    await imported()
    await damage(async db => {
      for (const id of [first, board]) {
        const keys = await db
          .keys({ gte: recordKey(id, 0), lte: recordKey(id, Number.MAX_SAFE_INTEGER) })
          .all()
        await db.put(keys[0] as Uint8Array, Uint8Array.of(1))
      }
    })
    expect((await verify()).problems).toHaveLength(2)
    expect((await verify(board)).problems).toHaveLength(1)
  })

  test.each<[string, string, Uint8Array]>([
    ['a snapshot', `snapshots/${ID}`, Uint8Array.of(1, 2, 3)],
    ['a version', `versions/${ID}`, Uint8Array.of(1, 2, 3)],
    ['an image', `assets/${'0'.repeat(64)}.png`, Uint8Array.of(1, 2, 3)],
    ['a key record', 'keys', Buffer.from('{"v":1}')],
    ['an object that no relay makes', 'notes.txt', Buffer.from('hello')],
    ['a snapshot whose name says no time', 'snapshots/mine', Uint8Array.of(1, 2, 3)],
    ['an image without its format', `assets/${'0'.repeat(64)}`, Uint8Array.of(1, 2, 3)],
  ])('%s that is damaged or foreign is told by its key, with what to do', async (_what, key, bytes) => {
    await imported()
    await put(key, bytes)
    const { code, problems, sum } = await verify()
    expect(code).toBe(1)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`boards/${board}/${key}: `)
    expect(problems[0]).toMatch(/Restore|[Rr]emove|backup/)
    expect(sum).toContain('1 problem, above')
  })

  test('snapshots that were removed behind the back of the log are told of, though nothing is lost', async () => {
    const doc = await imported()
    await withStores(settings(), async ({ objects }) =>
      objects.remove((await objects.list(`boards/${board}/snapshots/`)).map(({ key }) => key)),
    )
    expect((await verify()).problems).toEqual([
      expect.stringMatching(new RegExp(`^the log of board ${board}: Snapshots that were stored are gone`)),
    ])
    expect(content(await exported())).toEqual(content(doc))
  })

  test('a folder that is no board is told', async () => {
    await withStores(settings(), ({ objects }) => objects.put('boards/odd/snapshots/x', Uint8Array.of(1)))
    expect((await verify()).problems).toEqual([
      expect.stringContaining('boards/odd: This is no id of a board'),
    ])
  })
})
