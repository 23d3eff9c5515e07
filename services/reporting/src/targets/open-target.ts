import type { Logger } from 'pino'
import { bucketLocation } from '../bucket-location.ts'
import { type LogTarget, openLogFiles } from '../logs/log-files.ts'
import { type Manifests, manifestFiles } from '../manifests/manifest-files.ts'

/** The settings of the place of the log files. */
export interface TargetSettings {
  LOG_DIR: string
  S3_ENDPOINT?: string | undefined
  S3_REGION: string
  S3_ACCESS_KEY_ID?: string | undefined
  S3_SECRET_ACCESS_KEY?: string | undefined
  S3_PATH_STYLE: boolean
}

/** What is stored in the place. */
export interface Target {
  files: LogTarget
  manifests: Manifests
}

interface Opening {
  /** Whether this process writes log files. Otherwise a folder may be missing or read-only. */
  writes: boolean
  log: Logger
  signal?: AbortSignal
}

/**
 * Opens the place that LOG_DIR names: a folder, or a bucket of a server with the S3 API. Waits through an outage of the bucket.
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED, DAYBOOK_TLS_REFUSED or DAYBOOK_CONFIG_INVALID, when the settings of a bucket are wrong
 */
export async function openTarget(settings: TargetSettings, { writes, ...waiting }: Opening): Promise<Target> {
  const location = bucketLocation(settings.LOG_DIR)
  const { LOG_DIR: root } = settings
  if (location === undefined) {
    return { files: await openLogFiles(root, { writes }), manifests: manifestFiles(root) }
  }
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings
  // Only here, because the SDK takes megabytes of memory.
  const { openBucketTarget } = await import('./bucket/open-bucket-target.ts')
  const options = {
    ...location,
    endpoint: settings.S3_ENDPOINT,
    region: settings.S3_REGION,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    pathStyle: settings.S3_PATH_STYLE,
  }
  return openBucketTarget(options, waiting)
}
