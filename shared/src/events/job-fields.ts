import { Type } from 'typebox'

/** The fields that the events and the REST schemas of jobs share. */

/** The most bytes of the data of a job, and of its result, as JSON in UTF-8. */
export const MAX_JOB_BYTES = 65_536
/** The most bytes of the error of an attempt. */
export const MAX_ERROR_BYTES = 8192
/** The most jobs in one request. */
export const MAX_JOBS_AT_ONCE = 1000

// Also a part of a topic's name: Kafka allows 249 characters, and the stack's prefix can have 100.
const name = (what: string) =>
  Type.String({
    pattern: '^[a-z0-9][a-z0-9._-]{0,62}$',
    description: `${what}: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit`,
  })

export const KindName = name('The kind of job')
export const LaneName = name('The lane: the workers that read it run the job')
export const LimitName = name('The name of a limit that several kinds share')

const id = (what: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9._:~-]{0,254}$',
    description: `${what}: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit`,
  })

export const JobId = id('The id of the job')
export const GroupId = id('The id of the group')

export const JobKey = Type.String({
  minLength: 1,
  maxLength: 255,
  format: 'well-formed',
  description:
    'What the job is about, for example a customer. A kind can limit how many jobs of one key run at once',
})

export const Attempt = Type.Integer({
  minimum: 1,
  maximum: 999_999_999,
  description:
    'The number of the attempt. Each time a job is sent to a worker is an attempt, also if the worker returns it',
})

export const WorkerId = Type.String({
  format: 'uuid',
  description: 'The id of one process of a worker. A worker that is started again has another id',
})

export const Priority = Type.Integer({
  minimum: 1,
  maximum: 5,
  description: '1 is the most urgent. A job that waits counts as one level more urgent every 5 minutes',
})

/** Any JSON value. */
export const Json = (description: string) => Type.Unsafe<unknown>({ description })
