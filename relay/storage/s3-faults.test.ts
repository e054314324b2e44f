import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ObjectStore } from './object-store.ts'
import { openS3Store } from './s3-store.ts'
import { describeS3, ownPrefix } from './testing/s3.ts'
import { type Fault, type FaultyS3, faultyS3 } from './testing/s3-faults.ts'
import { StorageError } from './update-log.ts'

const some = Buffer.from('some content')
const large = Buffer.alloc(4_000_000, 'x')

/** ms. Short, so that a test of a server that falls silent is short too; long enough for what comes before on a busy machine. */
const TIMEOUT = 4_000

/** A key that the test server holds for S3_SSE=aws:kms, where it can do that. */
const { TEST_S3_KMS_KEY_ID: KMS_KEY_ID } = process.env

describeS3('S3 in trouble', server => {
  let proxy: FaultyS3
  let store: ObjectStore
  /** Gives up soon: for a server that falls silent. */
  let impatient: ObjectStore
  /** Past the proxy: what the server really holds. */
  let direct: ObjectStore
  const own = ownPrefix(server)

  beforeEach(async () => {
    proxy = await faultyS3(server.endpoint ?? '')
    store = openS3Store({ ...own, endpoint: proxy.endpoint })
    impatient = openS3Store({ ...own, endpoint: proxy.endpoint }, { timeoutMs: TIMEOUT })
    direct = openS3Store(own)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await direct.remove((await direct.list('')).map(({ key }) => key))
    await Promise.all([store.close(), impatient.close(), direct.close(), proxy.stop()])
  })

  /** The message that every operation is rejected with, the same for all. */
  async function reasonOf(broken: ObjectStore): Promise<string> {
    const results = await Promise.allSettled([
      broken.put('a/b', some),
      broken.get('a/b'),
      broken.list('a/'),
      broken.folders(''),
      broken.stream('a/b'),
      broken.putIfAbsent('a/b', some),
      broken.replace('a/b', some, some),
      broken.remove(['a/b']),
      broken.probe(),
    ])
    const reasons = results.map(result => (result.status === 'rejected' ? result.reason : result))
    for (const reason of reasons) expect(reason).toBeInstanceOf(StorageError)
    const messages = reasons.map(({ message }: StorageError) =>
      message.replace(/could not .* \(/, 'could not … ('),
    )
    expect(new Set(messages).size, messages.join('\n')).toBe(1)
    expect(messages[0]).not.toMatch(/testsecret|testkey/)
    return messages[0] ?? ''
  }

  async function withFault(fault: Fault): Promise<string> {
    proxy.fault = () => fault
    return reasonOf(store)
  }

  test('a missing bucket is named', async () => {
    const broken = openS3Store({ ...own, bucket: 'driftboard-never-made' })
    expect(await reasonOf(broken)).toMatch(/bucket driftboard-never-made: .*NoSuchBucket.*correct S3_BUCKET/)
    await broken.close()
  })

  test('an access key that the server does not know is named, and not shown', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'testkey-unknown')
    const broken = openS3Store(own)
    expect(await reasonOf(broken)).toMatch(/InvalidAccessKeyId, HTTP 403.*Correct the AWS credentials/)
    await broken.close()
  })

  test('a wrong secret is named, and not shown', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testsecret-wrong')
    const broken = openS3Store(own)
    expect(await reasonOf(broken)).toMatch(/SignatureDoesNotMatch.*AWS_SECRET_ACCESS_KEY does not belong/)
    await broken.close()
  })

  test('a port that nobody listens on asks to check S3_ENDPOINT', async () => {
    const listener = createServer()
    await new Promise<void>(listening => listener.listen(0, '127.0.0.1', listening))
    const { port } = listener.address() as AddressInfo
    await new Promise(closed => listener.close(closed))
    const broken = openS3Store({ ...own, endpoint: `http://user:testsecret@127.0.0.1:${port}` })
    expect(await reasonOf(broken)).toMatch(/^S3 at 127\.0\.0\.1:\d+, .*ECONNREFUSED.*check.*S3_ENDPOINT/i)
    await broken.close()
  })

  test('a server that never answers is given up in time', async () => {
    proxy.fault = () => ({ at: 'silence' })
    expect(await reasonOf(impatient)).toMatch(/AbortError.*no answer in time/)
  })

  test.each([
    [500, 'InternalError', /HTTP 500.*trouble/],
    [503, 'SlowDown', /HTTP 503.*fewer requests/],
    [403, 'AccessDenied', /s3:ListBucket/],
    [400, 'ExpiredToken', /run out/],
    [301, 'PermanentRedirect', /set S3_REGION/],
    [400, 'InvalidRequest', /S3_SSE/],
    [403, 'KMS.DisabledException', /S3_SSE_KMS_KEY_ID/],
    [501, 'NotImplemented', /server that can/],
  ])('an answer of %i %s says what to do', async (status, code, advice) => {
    expect(await withFault({ at: 'answer', status, code })).toMatch(advice)
  })

  test('one 503 is bridged', async () => {
    let answers = 0
    proxy.fault = () => (answers++ === 0 ? { at: 'answer', status: 503, code: 'SlowDown' } : { at: 'none' })
    await store.put('a/b', some)
    expect(await direct.get('a/b')).toEqual(new Uint8Array(some))
  })

  test('a put that is cut in the middle rejects and leaves nothing', async () => {
    proxy.fault = () => ({ at: 'cut request', after: 2_000_000 })
    await expect(store.put('a/large', large)).rejects.toThrow(/connection was cut/)
    expect(await direct.get('a/large')).toBeNull()
    expect(await direct.list('')).toEqual([])
  })

  test('a put that is cut in the middle leaves the object that was there', async () => {
    await direct.put('a/large', some)
    proxy.fault = () => ({ at: 'cut request', after: 2_000_000 })
    await expect(store.put('a/large', large)).rejects.toThrow(StorageError)
    expect(await direct.get('a/large')).toEqual(new Uint8Array(some))
  })

  test.each(['cut answer', 'stalled answer'] as const)('a get whose content has a %s rejects', async at => {
    await direct.put('a/large', large)
    proxy.fault = method => (method === 'GET' ? { at, after: 1_000_000 } : { at: 'none' })
    const reader = at === 'stalled answer' ? impatient : store
    await expect(reader.get('a/large')).rejects.toThrow(StorageError)
  })

  test.each(['cut answer', 'stalled answer'] as const)(
    'a stream with a %s throws in the middle',
    async at => {
      await direct.put('a/large', large)
      proxy.fault = (_method, path) =>
        path.includes('list-type') ? { at: 'none' } : { at, after: 1_000_000 }
      const found = await (at === 'stalled answer' ? impatient : store).stream('a/large')
      let passed = 0
      await expect(async () => {
        for await (const piece of found?.content ?? []) passed += piece.length
      }).rejects.toThrow(StorageError)
      expect(found?.bytes).toBe(large.length)
      expect(passed).toBe(1_000_000)
    },
  )

  test('a conditional write whose answer is lost counts as what it was', async () => {
    await store.probe()
    const lostOnce = (): FaultyS3['fault'] => {
      let lost = false
      return method => {
        if (method !== 'PUT' || lost) return { at: 'none' }
        lost = true
        return { at: 'lost answer' }
      }
    }
    proxy.fault = lostOnce()
    expect(await store.putIfAbsent('a/keys', some)).toBe(true)
    proxy.fault = lostOnce()
    expect(await store.putIfAbsent('a/keys', some)).toBe(false)
    proxy.fault = lostOnce()
    expect(await store.replace('a/keys', some, large)).toBe(true)
    proxy.fault = lostOnce()
    expect(await store.replace('a/keys', some, some)).toBe(false)
    expect((await direct.get('a/keys'))?.length).toBe(large.length)
  })

  test.each(['if-none-match', 'if-match'])('a server that does not keep to %s is refused', async header => {
    proxy.fault = () => ({ at: proxy.requests.at(-1)?.[header] ? 'pretence' : 'none' })
    await expect(store.probe()).rejects.toThrow(/does not keep to If-None-Match and If-Match/)
    await expect(store.replace('a/keys', some, large)).rejects.toThrow(StorageError)
    expect(await direct.list('')).toEqual([])
  })

  test('an object that is removed while it is replaced is not replaced', async () => {
    await store.probe()
    await store.put('a/keys', some)
    proxy.fault = method =>
      method === 'PUT' ? { at: 'answer', status: 404, code: 'NoSuchKey' } : { at: 'none' }
    expect(await store.replace('a/keys', some, large)).toBe(false)
  })

  test('a conditional write that meets another one tries again', async () => {
    await store.probe()
    let conflicts = 0
    proxy.fault = method =>
      method === 'PUT' && conflicts++ < 2
        ? { at: 'answer', status: 409, code: 'ConditionalRequestConflict' }
        : { at: 'none' }
    expect(await store.putIfAbsent('a/keys', some)).toBe(true)
  })

  test('it works again when the trouble is over', async () => {
    expect(await withFault({ at: 'answer', status: 500, code: 'InternalError' })).toMatch(/HTTP 500/)
    proxy.fault = () => ({ at: 'none' })
    await store.probe()
    await store.put('a/b', some)
    expect(await store.replace('a/b', some, large)).toBe(true)
  })

  test.skipIf(!KMS_KEY_ID)('an object sealed with a key of the server is read back', async () => {
    const sealed = openS3Store({ ...own, sse: 'aws:kms', kmsKeyId: KMS_KEY_ID ?? null })
    await sealed.put('a/b', some)
    expect(await sealed.replace('a/b', some, large)).toBe(true)
    expect((await direct.get('a/b'))?.length).toBe(large.length)
    await sealed.close()
  })

  test('S3_SSE and its key go with every put', async () => {
    const sealed = openS3Store({ ...own, endpoint: proxy.endpoint, sse: 'aws:kms', kmsKeyId: 'key-one' })
    proxy.fault = () => ({ at: 'answer', status: 403, code: 'AccessDenied' })
    await expect(sealed.put('a/b', some)).rejects.toThrow(StorageError)
    expect(proxy.requests.at(-1)).toMatchObject({
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'key-one',
    })
    await sealed.close()
  })
})
