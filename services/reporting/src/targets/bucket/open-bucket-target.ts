import { waitOut } from '@daybook/shared/failures/outage'
import type { LogTarget } from '../../logs/log-files.ts'
import type { Manifests } from '../../manifests/manifest-files.ts'
import { type Bucket, type BucketOptions, openBucket } from './bucket.ts'
import { bucketDays } from './bucket-days.ts'
import { bucketRefusal } from './bucket-error.ts'
import { bucketManifests } from './bucket-manifests.ts'
import { bucketReader } from './read-bucket.ts'
import { writeDays } from './write-bucket.ts'

/**
 * Opens a bucket for log files, once it answers.
 * @throws DaybookError, see `bucketRefusal`
 */
export async function openBucketTarget(
  options: BucketOptions,
  waiting: Parameters<typeof waitOut>[2],
): Promise<{ files: LogTarget; manifests: Manifests }> {
  const bucket = openBucket(options)
  await waitOut('reaching the bucket of the log files', () => reach(bucket), waiting)
  const write: LogTarget['write'] = (days, timeLimit) => writeDays(bucket, days, timeLimit)
  const files = { ...bucketReader(bucket), ...bucketDays(bucket), write }
  return { files, manifests: bucketManifests(bucket) }
}

async function reach(bucket: Bucket): Promise<void> {
  try {
    await bucket.folders().next()
  } catch (error) {
    throw bucketRefusal(error) ?? error
  }
}
