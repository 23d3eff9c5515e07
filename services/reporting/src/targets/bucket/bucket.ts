import {
  type _Error,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { BucketLocation } from '../../bucket-location.ts'
import { BucketError } from './bucket-error.ts'

/** How a bucket is reached. */
export interface BucketOptions extends BucketLocation {
  /** Undefined for AWS. */
  endpoint: string | undefined
  region: string
  /** Undefined for those that the SDK finds. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined
  pathStyle: boolean
}

/** An object with the tag of its content. */
export interface Found {
  content: Buffer
  etag: string | undefined
}

/** The objects of a bucket below a prefix. Keys are without the prefix. All functions throw BucketError. */
export interface Bucket {
  /**
   * Stores an object, whole or not at all.
   * @param when store only if the object has this tag, or, with null, if there is no object
   * @returns whether it is stored; false only with `when`
   */
  put: (key: string, content: string | Buffer, when?: { etag: string | null }) => Promise<boolean>
  get: (key: string) => Promise<Found | undefined>
  /** The keys that begin with a text, in their order. */
  keys: (start: string) => AsyncGenerator<string>
  /** The names of the folders at the top, in their order. */
  folders: () => AsyncGenerator<string>
  /** Removes objects; missing ones too. */
  remove: (keys: string[]) => Promise<void>
}

// What S3 allows.
const MOST_OBJECTS = 1000
const CONNECTION_MS = 5000
// A request with its answer. Log files are small.
const REQUEST_MS = 30_000
const SOCKETS = 128

const contentType = (key: string) =>
  key.endsWith('.gz')
    ? 'application/gzip'
    : key.endsWith('.log')
      ? 'text/plain; charset=utf-8'
      : 'application/x-ndjson'

/**
 * Makes the client of a bucket. It connects at the first request.
 * @param most how many objects one request lists or removes
 */
export function openBucket(
  { bucket, prefix, endpoint, region, credentials, pathStyle }: BucketOptions,
  most = MOST_OBJECTS,
): Bucket {
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    forcePathStyle: pathStyle,
    // Many other servers do not know AWS's checksums. The signature covers the content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECTION_MS,
      requestTimeout: REQUEST_MS,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: SOCKETS },
      httpsAgent: { maxSockets: SOCKETS },
    },
  })

  async function attempt<T>(operation: string, sending: Promise<T>): Promise<T> {
    try {
      return await sending
    } catch (error) {
      throw new BucketError(operation, bucket, error as Error, statusOf(error))
    }
  }

  async function* list(start: string, delimiter?: string): AsyncGenerator<ListObjectsV2CommandOutput> {
    let next: string | undefined
    do {
      const page = {
        Bucket: bucket,
        Prefix: prefix + start,
        Delimiter: delimiter,
        ContinuationToken: next,
        MaxKeys: most,
      }
      const found: ListObjectsV2CommandOutput = await attempt(
        'ListObjectsV2',
        client.send(new ListObjectsV2Command(page)),
      )
      yield found
      next = found.IsTruncated ? found.NextContinuationToken : undefined
    } while (next !== undefined)
  }

  return {
    async put(key, content, when) {
      const condition = when && (when.etag === null ? { IfNoneMatch: '*' } : { IfMatch: when.etag })
      const object = { Bucket: bucket, Key: prefix + key, Body: content, ContentType: contentType(key) }
      try {
        await attempt('PutObject', client.send(new PutObjectCommand({ ...object, ...condition })))
        return true
      } catch (error) {
        if (condition !== undefined && isUnmet(error)) return false
        throw error
      }
    },
    async get(key) {
      try {
        const command = new GetObjectCommand({ Bucket: bucket, Key: prefix + key })
        return await attempt('GetObject', client.send(command).then(contentOf))
      } catch (error) {
        if (causeOf(error) === 'NoSuchKey') return undefined
        throw error
      }
    },
    async *keys(start) {
      for await (const { Contents = [] } of list(start))
        for (const { Key = '' } of Contents) yield Key.slice(prefix.length)
    },
    async *folders() {
      for await (const { CommonPrefixes = [] } of list('', '/'))
        for (const { Prefix = '' } of CommonPrefixes) yield Prefix.slice(prefix.length, -1)
    },
    async remove(keys) {
      for (let i = 0; i < keys.length; i += most) {
        const Objects = keys.slice(i, i + most).map(key => ({ Key: prefix + key }))
        const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } })
        const { Errors: [left] = [] } = await attempt('DeleteObjects', client.send(command))
        // The request succeeds although an object was not removed.
        if (left !== undefined) throw leftover(left, bucket)
      }
    },
  }
}

const statusOf = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode

async function contentOf({ Body, ETag }: GetObjectCommandOutput): Promise<Found> {
  return { content: Buffer.from((await Body?.transformToByteArray()) ?? []), etag: ETag }
}

function leftover({ Key, Code = 'Error', Message }: _Error, bucket: string): BucketError {
  const cause = Object.assign(new Error(`${Key}: ${Message}`), { name: Code })
  return new BucketError('DeleteObjects', bucket, cause, Code === 'AccessDenied' ? 403 : 500)
}

const causeOf = (error: unknown) => (error instanceof BucketError ? error.cause.name : undefined)

// NoSuchKey: the object that should have a tag is gone.
const isUnmet = (error: unknown) =>
  ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes(causeOf(error) ?? '')
