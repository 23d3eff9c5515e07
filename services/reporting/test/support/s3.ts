import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { CACHE } from '../../../../deploy/local/paths.ts'
import { type S3Server, startS3 } from '../../../../deploy/local/s3/start-s3.ts'
import type { TargetSettings } from '../../src/targets/open-target.ts'

/** A server with a bucket, for one test. */
export interface TestBucket {
  server: S3Server
  /** The settings of reporting for log files below a prefix. */
  settings: (prefix?: string) => TargetSettings
  /** The same as variables of the environment. */
  env: (prefix?: string) => Record<string, string>
  /** Kills the server as a crash would. */
  kill: () => Promise<void>
  /** Starts the server again with the same port and data. */
  restart: () => Promise<void>
}

export async function startBucket(t: Test): Promise<TestBucket> {
  const dir = await mkdtemp(join(tmpdir(), 'daybook-s3-'))
  const options = { env: process.env, dir, cache: CACHE, report: (line: string) => t.comment(line) }
  let server = await startS3(options)
  t.teardown(async () => {
    await server.kill()
    rmSync(dir, { recursive: true, force: true })
  })
  const settings = (prefix = '') => ({
    LOG_DIR: `s3://${server.bucket}/${prefix}`,
    S3_ENDPOINT: server.endpoint,
    S3_REGION: 'eu-central-1',
    S3_ACCESS_KEY_ID: server.accessKeyId,
    S3_SECRET_ACCESS_KEY: server.secretAccessKey,
    S3_PATH_STYLE: true,
  })
  return {
    server,
    settings,
    env: prefix => ({ ...settings(prefix), S3_PATH_STYLE: 'true' }),
    kill: () => server.kill(),
    async restart() {
      server = await startS3({ ...options, port: server.port })
    },
  }
}
