import { DaybookError } from '@daybook/shared/failures/errors'
import {
  type App,
  idempotencyField,
  preferenceApplied,
  preferField,
  problems,
  waitAsPreferred,
} from '@daybook/shared/http'
import { Type } from 'typebox'
import type { Added } from '../../adding/new-job.ts'
import { idOfIdempotencyKey } from '../../adding/request-ids.ts'
import type { Job } from '../../stored/job.ts'
import { jobsScope, tags } from './access.ts'
import { jobBody } from './job-body.ts'
import type { JobRoutes } from './job-routes.ts'
import { JobBody, NewJob } from './job-schemas.ts'

/** The largest body with one job: its data and those of 20 continuations. */
const MAX_BODY = 2_097_152

export const keyField = idempotencyField(
  'The same request with the same key again adds nothing; another request with it is refused with 409',
)

const headers = { ...preferenceApplied, location: Type.String({ description: 'The path of the job' }) }

/** Serves `POST /jobs`. */
export function serveAddJob(app: App, { adding, reader, waiters }: JobRoutes): void {
  const schema = {
    operationId: 'addJob',
    summary: 'Add a job',
    description:
      'The job is stored before the answer. 202: it is added, or a job that waits runs for this request too (`coalesce`). 200: it was added before under this `Idempotency-Key`, or it has ended within the time that `Prefer: wait=N` gave it.',
    tags,
    headers: Type.Object({ ...keyField, ...preferField }),
    body: NewJob,
    response: {
      200: { ...JobBody, headers },
      202: { ...JobBody, headers },
      ...problems('DAYBOOK_JOB_CONFLICT', 'DAYBOOK_JOB_ENDED'),
    },
  }
  app.post('/jobs', { ...jobsScope, bodyLimit: MAX_BODY, schema }, async (request, reply) => {
    const { headers, body, user, traceparent } = request
    const key = headers['idempotency-key']
    const id = key === undefined ? {} : { id: idOfIdempotencyKey(user.id, key) }
    const [added] = await adding.add([{ ...id, owner: user.id, request: body, traceparent }])
    const { id: job, status, job: stored } = added as Added
    const ended = await waitAsPreferred(request, reply, { waiters, id: job })
    reply.code(ended || status === 'exists' ? 200 : 202).header('location', `/jobs/${job}`)
    const isKnown = stored !== undefined && headers.prefer === undefined
    return jobBody(isKnown ? stored : stillStored(await reader.find(job)))
  })
}

function stillStored(job: Job | undefined): Job {
  if (job !== undefined) return job
  throw new DaybookError(
    'DAYBOOK_JOB_ENDED',
    'The job was added before. It has ended, and its retention is over',
  )
}
