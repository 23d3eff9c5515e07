import {
  type App,
  etagOfBody,
  etagText,
  IfNoneMatch,
  isNoneMatchTag,
  preferenceApplied,
  preferField,
  problems,
  waitAsPreferred,
} from '@daybook/shared/http'
import { Type } from 'typebox'
import { hasEnded } from '../../queries/job-filter.ts'
import { jobsScope, tags, visibleJob } from './access.ts'
import { jobBody } from './job-body.ts'
import type { JobRoutes } from './job-routes.ts'
import { JobBody, JobPath } from './job-schemas.ts'

const headers = { etag: etagText, ...preferenceApplied }

/** Serves `GET /jobs/:id`. */
export function serveJob(app: App, { reader, waiters, whyItWaits }: JobRoutes): void {
  const schema = {
    operationId: 'readJob',
    summary: 'A job: its state, its attempts, its progress and its result',
    description:
      'For a job that waits it says why. The ETag changes whenever the job looks different, so a client can ask often with `If-None-Match`. With `Prefer: wait=N` the answer comes when the job has ended, or after N seconds.',
    tags,
    params: JobPath,
    headers: Type.Object({ ...IfNoneMatch.properties, ...preferField }),
    response: {
      200: { ...JobBody, headers },
      304: { ...Type.Null(), headers },
      ...problems('DAYBOOK_JOB_NOT_FOUND'),
    },
  }
  app.get('/jobs/:id', { ...jobsScope, schema }, async (request, reply) => {
    const { params, headers, user } = request
    let job = await visibleJob(reader, params.id, user)
    if (!hasEnded(job.state) && (await waitAsPreferred(request, reply, { waiters, id: job._id }))) {
      job = await visibleJob(reader, params.id, user)
    }
    const body = jobBody(job, await whyItWaits(job))
    const tag = etagOfBody(body)
    reply.header('etag', tag)
    if (isNoneMatchTag(headers['if-none-match'], tag)) return reply.code(304).send(null)
    return body
  })
}
