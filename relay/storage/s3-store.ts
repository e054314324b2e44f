import { newId } from '../../shared/util/ids.ts'
import { type Random, secureRandom } from '../../shared/util/random.ts'
import { checkFolder, checkKey, checkPrefix } from './object-key.ts'
import type { ObjectInfo, ObjectStore, ObjectStream } from './object-store.ts'
import { type Condition, type Page, S3Bucket, type S3Settings } from './s3-bucket.ts'
import { failureOf, s3Error } from './s3-error.ts'

export type { S3Settings } from './s3-bucket.ts'

interface S3Options {
  /** ms that one request may take with its retry, and that a stream may stand still. */
  readonly timeoutMs?: number
  readonly random?: Random
}

/** ms. Enough for a snapshot of 64 MiB at 20 Mbit/s. */
const TIMEOUT = 30_000

/** Times that a conditional write is tried when another of the same key is under way at that moment. */
const CONFLICTS = 5

/** Requests at once to remove objects. One by one needs no checksum over a list, on which servers differ. */
const REMOVALS = 8

/** How a server wants an ETag in `If-Match`: RFC 9110 says in quotes, Ceph takes it only without. */
const TAG_FORMS = [(tag: string) => tag, (tag: string) => tag.replaceAll('"', '')] as const
type TagForm = (typeof TAG_FORMS)[number]

export function openS3Store(settings: S3Settings, options: S3Options = {}): ObjectStore {
  return new S3Store(settings, options)
}

class S3Store implements ObjectStore {
  readonly #settings: S3Settings
  readonly #bucket: S3Bucket
  readonly #timeoutMs: number
  readonly #random: Random
  /** Null until it is asked for, and after asking failed. */
  #tagForm: Promise<TagForm> | null = null

  constructor(settings: S3Settings, { timeoutMs = TIMEOUT, random = secureRandom }: S3Options) {
    this.#settings = settings
    this.#bucket = new S3Bucket(settings)
    this.#timeoutMs = timeoutMs
    this.#random = random
  }

  async put(key: string, content: Uint8Array): Promise<void> {
    checkKey(key)
    await this.#call(`write ${key}`, signal => this.#bucket.put(key, content, null, signal))
  }

  async putIfAbsent(key: string, content: Uint8Array): Promise<boolean> {
    checkKey(key)
    return this.#call(`write ${key}`, signal => this.#putOn({ IfNoneMatch: '*' }, key, content, signal))
  }

  async replace(key: string, expected: Uint8Array, content: Uint8Array): Promise<boolean> {
    checkKey(key)
    const tagForm = await this.#conditions()
    return this.#call(`write ${key}`, async signal => {
      const present = await this.#bucket.get(key, signal)
      if (!present || Buffer.compare(present.content, expected) !== 0) return false
      return this.#putOn({ IfMatch: tagForm(present.tag) }, key, content, signal)
    })
  }

  async get(key: string): Promise<Uint8Array | null> {
    checkKey(key)
    return this.#call(`read ${key}`, async signal => (await this.#bucket.get(key, signal))?.content ?? null)
  }

  async stream(key: string): Promise<ObjectStream | null> {
    checkKey(key)
    // Not by HEAD, whose answer is the same for a missing object and a missing bucket.
    const { objects } = await this.#page(key, { MaxKeys: 1 })
    const found = objects.find(object => object.key === key)
    return found ? { bytes: found.bytes, content: this.#pieces(key) } : null
  }

  async list(prefix: string): Promise<ObjectInfo[]> {
    const found: ObjectInfo[] = []
    for await (const { objects } of this.#pages(checkPrefix(prefix), {})) found.push(...objects)
    return found
  }

  async folders(prefix: string): Promise<string[]> {
    const found: string[] = []
    for await (const { folders } of this.#pages(checkFolder(prefix), { Delimiter: '/' }))
      found.push(...folders)
    // S3 orders them with their slashes, which come after `-` and `.`.
    return found.map(folder => folder.slice(prefix.length, -1)).sort()
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) checkKey(key)
    const remove = (key: string) => this.#call(`remove ${key}`, signal => this.#bucket.remove(key, signal))
    for (let at = 0; at < keys.length; at += REMOVALS) {
      await Promise.all(keys.slice(at, at + REMOVALS).map(remove))
    }
  }

  async probe(): Promise<void> {
    await this.#conditions()
    const key = `probe/${newId(this.#random)}`
    const written = Buffer.from(newId(this.#random))
    await this.put(key, written)
    const [read, listed] = await Promise.all([this.get(key), this.list(key)])
    await this.remove([key])
    if (read && Buffer.compare(read, written) === 0 && listed.length === 1) return
    throw s3Error(this.#settings, 'find what was just written', new Error('not found'))
  }

  async close(): Promise<void> {
    this.#bucket.close()
  }

  async #call<T>(doing: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(this.#timeoutMs)
    try {
      return await task(signal)
    } catch (error) {
      throw s3Error(this.#settings, doing, signal.aborted ? TIMED_OUT : error)
    }
  }

  /** Whether the object was written. */
  async #putOn(on: Condition['on'], key: string, content: Uint8Array, signal: AbortSignal): Promise<boolean> {
    const writer = newId(this.#random)
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#bucket.put(key, content, { on, writer }, signal)
        return true
      } catch (error) {
        const { code, status } = failureOf(error)
        if (status === 409 && attempt < CONFLICTS) continue
        if (code === 'NoSuchKey') return false
        if (status !== 412) throw error
        // When an answer is lost the SDK asks again, and the second request meets the object of the first.
        return (await this.#bucket.writer(key, signal)) === writer
      }
    }
  }

  /** How to make a write conditional. Rejects for a server that writes whatever the condition: it would lose links. */
  #conditions(): Promise<TagForm> {
    this.#tagForm ??= this.#call('try conditional writes', signal => this.#tryConditions(signal)).catch(
      error => {
        this.#tagForm = null
        throw error
      },
    )
    return this.#tagForm
  }

  async #tryConditions(signal: AbortSignal): Promise<TagForm> {
    const key = `probe/${newId(this.#random)}`
    const [one, other] = [Buffer.from('one'), Buffer.from('other')]
    try {
      let tag = await this.#bucket.put(key, one, null, signal)
      if (!(await this.#putOn({ IfNoneMatch: '*' }, key, other, signal))) {
        for (const form of TAG_FORMS) {
          const written = await this.#putOn({ IfMatch: form(tag) }, key, other, signal)
          const writtenAgain = await this.#putOn({ IfMatch: form(tag) }, key, one, signal)
          if (written && !writtenAgain) return form
          tag = await this.#bucket.put(key, one, null, signal)
        }
      }
    } finally {
      await this.#bucket.remove(key, signal)
    }
    throw s3Error(this.#settings, 'write on a condition', UNCONDITIONAL)
  }

  #page(prefix: string, options: Parameters<S3Bucket['page']>[1]): Promise<Page> {
    return this.#call(`list ${prefix}`, signal => this.#bucket.page(prefix, options, signal))
  }

  async *#pages(prefix: string, options: { Delimiter?: '/' }): AsyncGenerator<Page> {
    let page = await this.#page(prefix, options)
    yield page
    while (page.next !== null) {
      page = await this.#page(prefix, { ...options, ContinuationToken: page.next })
      yield page
    }
  }

  async *#pieces(key: string): AsyncGenerator<Uint8Array> {
    const silence = new AbortController()
    const timer = setTimeout(() => silence.abort(), this.#timeoutMs)
    try {
      for await (const piece of this.#bucket.pieces(key, silence.signal)) {
        yield piece
        timer.refresh()
      }
    } catch (error) {
      throw s3Error(this.#settings, `read ${key}`, silence.signal.aborted ? TIMED_OUT : error)
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Whatever a time-out broke, such as a body half read, says only that something broke. */
const TIMED_OUT = Object.assign(new Error('There was no answer in time.'), { name: 'AbortError' })

const UNCONDITIONAL = Object.assign(new Error('Conditions are not kept.'), { name: 'Unconditional' })
