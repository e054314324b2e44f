import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { ObjectInfo } from './object-store.ts'
import { failureOf } from './s3-error.ts'

export interface S3Settings {
  readonly bucket: string
  readonly region: string
  /** Null: Amazon's own. */
  readonly endpoint: string | null
  /** Goes before every key; empty, or with or without a slash at its end. */
  readonly prefix: string
  /** How the server encrypts objects; null: as the bucket says. */
  readonly sse: 'AES256' | 'aws:kms' | null
  readonly kmsKeyId: string | null
}

export interface Found {
  readonly content: Uint8Array
  readonly tag: string
}

export interface Page {
  readonly objects: readonly ObjectInfo[]
  /** With a slash at their ends. */
  readonly folders: readonly string[]
  /** Where the next page starts; null for the last. */
  readonly next: string | null
}

/** When a write may happen, and by which mark its writer knows the object again. */
export interface Condition {
  readonly on: { readonly IfMatch: string } | { readonly IfNoneMatch: '*' }
  readonly writer: string
}

/** ms. A server that runs takes a connection within one; the rest is for a lost packet. */
const CONNECTION_TIMEOUT = 3_000

/** The first one included. Callers back off and come back: the SDK bridges only what is over at once. */
const ATTEMPTS = 2

/** Requests of S3 on the objects of one bucket, below its prefix. Calls reject with the SDK's errors. */
export class S3Bucket {
  readonly #settings: S3Settings
  readonly #prefix: string
  readonly #client: S3Client
  /** Sockets of its own: people who are slow to take an image must not hold up snapshots. */
  readonly #streams: S3Client

  constructor(settings: S3Settings) {
    const prefix = settings.prefix.replace(/^\/+|\/+$/g, '')
    this.#settings = settings
    this.#prefix = prefix && `${prefix}/`
    this.#client = clientFor(settings)
    this.#streams = clientFor(settings)
  }

  /** Resolves to the new object's ETag. */
  async put(
    key: string,
    content: Uint8Array,
    condition: Condition | null,
    abortSignal: AbortSignal,
  ): Promise<string> {
    const { sse, kmsKeyId } = this.#settings
    const command = new PutObjectCommand({
      ...this.#address(key),
      // A Buffer: a stream would be sent with a checksum at its end, which several servers refuse.
      Body: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
      ContentType: 'application/octet-stream',
      ...(condition && { ...condition.on, Metadata: { writer: condition.writer } }),
      ...(sse && { ServerSideEncryption: sse }),
      ...(kmsKeyId && { SSEKMSKeyId: kmsKeyId }),
    })
    return (await this.#client.send(command, { abortSignal })).ETag ?? ''
  }

  /** Null when there is none. */
  async get(key: string, abortSignal: AbortSignal): Promise<Found | null> {
    try {
      const command = new GetObjectCommand(this.#address(key))
      const { Body, ETag = '' } = await this.#client.send(command, { abortSignal })
      return Body ? { content: await Body.transformToByteArray(), tag: ETag } : null
    } catch (error) {
      // NoSuchBucket is a 404 as well, and says something else.
      if (failureOf(error).code === 'NoSuchKey') return null
      throw error
    }
  }

  /** The content of an object that is there. `abortSignal` ends it, also between two pieces. */
  async *pieces(key: string, abortSignal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { Body } = await this.#streams.send(new GetObjectCommand(this.#address(key)), { abortSignal })
    if (Body instanceof Readable) yield* Body
  }

  /** The mark of who wrote an object on a condition; null for one that was written without, or is not there. */
  async writer(key: string, abortSignal: AbortSignal): Promise<string | null> {
    try {
      const command = new HeadObjectCommand(this.#address(key))
      const { Metadata } = await this.#client.send(command, { abortSignal })
      return Metadata?.writer ?? null
    } catch (error) {
      if (failureOf(error).status === 404) return null
      throw error
    }
  }

  async page(
    prefix: string,
    options: { Delimiter?: '/'; ContinuationToken?: string; MaxKeys?: number },
    abortSignal: AbortSignal,
  ): Promise<Page> {
    const command = new ListObjectsV2Command({
      Bucket: this.#settings.bucket,
      Prefix: this.#prefix + prefix,
      ...options,
    })
    const {
      Contents = [],
      CommonPrefixes = [],
      NextContinuationToken,
    } = await this.#client.send(command, {
      abortSignal,
    })
    const own = (key = ''): string => key.slice(this.#prefix.length)
    return {
      objects: Contents.map(({ Key, Size = 0 }) => ({ key: own(Key), bytes: Size })),
      folders: CommonPrefixes.map(({ Prefix }) => own(Prefix)),
      next: NextContinuationToken ?? null,
    }
  }

  async remove(key: string, abortSignal: AbortSignal): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#address(key)), { abortSignal })
  }

  close(): void {
    this.#client.destroy()
    this.#streams.destroy()
  }

  #address(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#settings.bucket, Key: this.#prefix + key }
  }
}

/** Standard AWS credentials: the environment, profiles, roles of a container or machine. */
function clientFor({ region, endpoint }: S3Settings): S3Client {
  return new S3Client({
    region,
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    maxAttempts: ATTEMPTS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT },
  })
}
