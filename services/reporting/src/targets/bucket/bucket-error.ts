import { DaybookError } from '@daybook/shared/failures/errors'
import { addOutageRule } from '@daybook/shared/failures/outage'
import { refusal } from '@daybook/shared/failures/refusal'

/** A request that a bucket did not answer, or refused. */
export class BucketError extends Error {
  override readonly name = 'BucketError'
  /** The error of the SDK. The code of S3 is its name. */
  override readonly cause: Error
  /** The HTTP status; undefined without an answer. */
  readonly status: number | undefined
  readonly operation: string
  readonly bucket: string

  /** @param operation as in PutObject */
  constructor(operation: string, bucket: string, cause: Error, status: number | undefined) {
    super(`${operation} in the bucket ${bucket} failed: ${cause.name}, ${cause.message}`, { cause })
    this.cause = cause
    this.status = status
    this.operation = operation
    this.bucket = bucket
  }
}

addOutageRule(error =>
  error instanceof BucketError && isAway(error) ? (missingRight(error) ?? error) : undefined,
)

// The credentials are wrong or have expired, the bucket is missing, or it is busy. The cause is not the object that is stored.
const passingStatuses = new Set([401, 403, 404, 408, 409, 429])
const passingNames = new Set(['CredentialsProviderError', 'ExpiredToken', 'RequestTimeout', 'TimeoutError'])

function isAway({ cause, status }: BucketError): boolean {
  if (passingNames.has(cause.name)) return true
  // Only errors of the network have a code.
  if (status === undefined) return 'code' in cause
  return status >= 500 || passingStatuses.has(status)
}

function missingRight(error: BucketError): DaybookError | undefined {
  const { cause, operation, bucket } = error
  if (cause.name !== 'AccessDenied') return undefined
  const message = `The bucket ${bucket} does not authorize us to ${operation}: grant the right, see docs/operations.md, "A bucket for the log files"`
  return new DaybookError('DAYBOOK_NOT_AUTHORIZED', message, { cause: error })
}

const wrongLogins = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidToken',
  'CredentialsProviderError',
])
const wrongPlaces = new Set([
  'NoSuchBucket',
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'InvalidBucketName',
])

/** @returns the refusal of a login, a certificate or a bucket, which ends the process at its start; undefined for another error */
export function bucketRefusal(error: unknown): DaybookError | undefined {
  if (error instanceof BucketError && wrongPlaces.has(error.cause.name)) {
    const message = `Settings are wrong:\n  LOG_DIR, S3_ENDPOINT, S3_REGION: ${error.message}: they must name a bucket that exists, and its region`
    return new DaybookError('DAYBOOK_CONFIG_INVALID', message, { cause: error })
  }
  return refusal(error, {
    name: 'The bucket',
    rejectsLogin: ({ name }) => wrongLogins.has(name),
    remedies: {
      login:
        'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be those of a user of the bucket, or the AWS SDK must find credentials',
      tls: "NODE_EXTRA_CA_CERTS must hold the authority that signed the certificate of S3_ENDPOINT, and the certificate must name S3_ENDPOINT's host",
    },
  })
}
