import {
  type Continuation,
  type JobRequest,
  MAX_JOBS_AT_ONCE,
  type RequestEvents,
  requestEvents,
} from '../../../src/events/index.ts'
import { makeAjv } from '../../../src/validation/ajv.ts'
import { explain } from '../../../src/validation/explain.ts'

/** The request of a handler to add jobs. */
export type GroupRequest = RequestEvents['GroupRequested']['data']

/** The most bytes of a request. A broker accepts records of 1 MiB. */
const MAX_BYTES = 900_000

const validate = makeAjv({ strict: false }).compile(requestEvents.GroupRequested)

/**
 * Makes the request of one call of `job.spawn`. Its ids are derived from the job; sorted, they are in the order of the jobs.
 * @param n the number of the call in its attempt, from 1
 * @throws Error that says what is wrong with the jobs
 */
export function groupRequest(
  job: string,
  n: number,
  jobs: readonly JobRequest[],
  then: Continuation | undefined,
): GroupRequest {
  if (jobs.length === 0 || jobs.length > MAX_JOBS_AT_ONCE)
    throw new Error(`spawn got ${jobs.length} jobs: give it 1 to ${MAX_JOBS_AT_ONCE}`)
  const group = `${job}:spawn:${n}`
  // Through JSON, as Kafka will have it.
  const request = JSON.parse(
    JSON.stringify({
      group,
      parent: job,
      jobs: jobs.map((one, i) => ({ ...one, job: `${group}:${String(i + 1).padStart(4, '0')}` })),
      then,
    }),
  ) as GroupRequest
  if (!validate(request)) {
    const problems = (validate.errors ?? []).map(error => `${error.instancePath} ${explain(error)}`)
    throw new Error(`spawn got an invalid request: ${problems.join('; ')}`)
  }
  const bytes = Buffer.byteLength(JSON.stringify(request))
  if (bytes > MAX_BYTES)
    throw new Error(
      `spawn got jobs of ${bytes} bytes, ${MAX_BYTES} are allowed: call it for fewer jobs at once`,
    )
  return request
}
