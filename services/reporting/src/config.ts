import { loadConfig, portSetting } from '@daybook/shared/config/load-config'
import { Type } from 'typebox'
import { bucketProblems } from './bucket-location.ts'

/** The roles that a process of reporting can have, see roles. */
export const roleNames = ['projection', 'runs', 'writers'] as const
export type RoleName = (typeof roleNames)[number]

/** The settings of the reporting service, in addition to the common settings. */
export const settings = {
  PORT: portSetting(3002),
  ROLES: Type.String({
    default: roleNames.join(','),
    minLength: 1,
    description:
      'What a process does, separated by commas: `projection` reads the events of tasks, `runs` advances the runs, `writers` writes the log files. Each role needs at least one process. Every process serves REST',
  }),
  LOG_DIR: Type.String({
    default: 'logs',
    minLength: 1,
    description:
      'The place of the log files, which all processes of reporting must share: a folder, or `s3://<bucket>/<prefix>`',
  }),
  S3_ENDPOINT: Type.Optional(
    Type.String({
      description: 'The address of the server of the bucket, as in `https://s3.example.com`. AWS if unset',
    }),
  ),
  S3_REGION: Type.String({ default: 'us-east-1', minLength: 1, description: 'The region of the bucket' }),
  S3_ACCESS_KEY_ID: Type.Optional(
    Type.String({
      description:
        'The id of the access key for the bucket. Without a key the AWS SDK looks for one: in its own variables and files, and in the role of the machine',
    }),
  ),
  S3_SECRET_ACCESS_KEY: Type.Optional(Type.String({ description: 'The secret of the access key' })),
  S3_PATH_STYLE: Type.Boolean({
    default: false,
    description:
      'Whether the bucket is named in the path of requests and not in the host. Most servers other than AWS need this',
  }),
  TASK_FILES: Type.Boolean({
    default: true,
    description:
      'Whether each completed task gets a file of its own, in addition to its line in the user log',
  }),
  LOG_TIME_LIMIT_SECONDS: Type.Integer({
    default: 60,
    minimum: 1,
    maximum: 600,
    description:
      'How many seconds writing the files of a log may take, and then moving them to their places, for each 2,500 completions that the log begins. A log that takes longer has failed, and is tried again apart from others',
  }),
  LOG_RETENTION_DAYS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 100_000,
    description:
      'The log files of a day are removed when it is older than this number of days, whole days at a time and for good. 0 keeps them for ever',
  }),
  LOG_GZIP_AFTER_DAYS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 100_000,
    description:
      'The log files of a day are compressed when it is older than this number of days. 0 never compresses them',
  }),
  RUN_DEADLINE_SECONDS: Type.Integer({
    default: 900,
    minimum: 1,
    description: 'How many seconds a run may take from its creation. A run that takes longer raises an alarm',
  }),
}

/**
 * Reads the settings of reporting.
 * @returns the settings, and `roles`: those that ROLES lists
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, whose message names every wrong setting and the reason
 */
export function readConfig(env: Record<string, string | undefined>) {
  const config = loadConfig(settings, env, given => [
    ...listed(given.ROLES ?? '')
      .filter(name => !isRole(name))
      .map(name => `ROLES: "${name}" is not a role: the roles are ${roleNames.join(', ')}`),
    ...bucketProblems(given),
    ...ageProblems(given),
  ])
  return { ...config, roles: new Set(listed(config.ROLES).filter(isRole)) }
}

function ageProblems({ LOG_RETENTION_DAYS: retention = 0, LOG_GZIP_AFTER_DAYS: gzipAfter = 0 }) {
  const isLate = retention > 0 && gzipAfter >= retention
  return isLate
    ? [
        'LOG_GZIP_AFTER_DAYS, LOG_RETENTION_DAYS: files are compressed only before they are removed: set a smaller LOG_GZIP_AFTER_DAYS',
      ]
    : []
}

const listed = (roles: string) => roles.split(',').map(name => name.trim())
const isRole = (name: string): name is RoleName => roleNames.some(role => role === name)
