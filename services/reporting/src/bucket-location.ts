/** Where the log files are in a bucket. */
export interface BucketLocation {
  bucket: string
  /** What all keys begin with: empty, or a text that ends with a slash. */
  prefix: string
}

// Long prefixes would leave too little of the 1024 bytes of a key.
const MAX_PREFIX_BYTES = 400
const SCHEME = 's3://'

/** Reads a bucket from LOG_DIR. @returns undefined when LOG_DIR is a folder */
export function bucketLocation(logDir: string): BucketLocation | undefined {
  if (!logDir.startsWith(SCHEME)) return undefined
  const [bucket = '', ...folders] = logDir.slice(SCHEME.length).split('/')
  const prefix = folders.filter(Boolean).map(folder => `${folder}/`)
  return { bucket, prefix: prefix.join('') }
}

/** The settings that say how the bucket is reached. */
interface BucketSettings {
  LOG_DIR?: string
  S3_ENDPOINT?: string
  S3_ACCESS_KEY_ID?: string
  S3_SECRET_ACCESS_KEY?: string
}

/** Finds contradictions between the settings of a bucket. @returns them as `<names>: <what to do>` */
export function bucketProblems(settings: BucketSettings): string[] {
  const location = bucketLocation(settings.LOG_DIR ?? '')
  const { S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings
  const given = Object.entries({ S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY })
  if (location === undefined)
    return given
      .filter(([, value]) => value !== undefined)
      .map(([name]) => `${name}: has an effect only with a bucket: set LOG_DIR to s3://…, or remove ${name}`)
  const problems: string[] = []
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(location.bucket))
    problems.push(
      `LOG_DIR: "${location.bucket}" is not the name of a bucket: set it to s3://<bucket>/<prefix>`,
    )
  if (Buffer.byteLength(location.prefix) > MAX_PREFIX_BYTES)
    problems.push(`LOG_DIR: the prefix must have at most ${MAX_PREFIX_BYTES} bytes`)
  if (S3_ENDPOINT !== undefined && !/^https?:\/\//.test(S3_ENDPOINT))
    problems.push('S3_ENDPOINT: must begin with http:// or https://')
  if ((S3_ACCESS_KEY_ID === undefined) !== (S3_SECRET_ACCESS_KEY === undefined))
    problems.push('S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY: must be set together')
  return problems
}
