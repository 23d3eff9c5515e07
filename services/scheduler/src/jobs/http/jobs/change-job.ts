import { type App, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import { cancelAnswers } from '../../commands/cancel-jobs.ts'
import { retryAnswers } from '../../commands/retry-jobs.ts'
import { jobsScope, noJob, tags, visibleJob } from './access.ts'
import type { JobRoutes } from './job-routes.ts'
import { JobPath } from './job-schemas.ts'

/** Serves `POST /jobs/:id/cancel` and `POST /jobs/:id/retry`. */
export function serveChanges(app: App, routes: JobRoutes): void {
  serveCancel(app, routes)
  serveRetry(app, routes)
}

function serveCancel(app: App, { reader, cancelJobs }: JobRoutes): void {
  const schema = {
    operationId: 'cancelJob',
    summary: 'Cancel a job',
    description:
      'A job that waits ends at once. If a worker has it, its handler is asked to end: it may still succeed or fail, and there is no further attempt.',
    tags,
    params: JobPath,
    response: {
      200: Type.Object(
        {
          answer: Type.Enum([...cancelAnswers], {
            description:
              '`cancelled`: it has ended; `asked`: its worker is asked to end it; `too late`: it had ended before',
          }),
        },
        { title: 'CancelledJob', examples: [{ answer: 'cancelled' }] },
      ),
      ...problems('DAYBOOK_JOB_NOT_FOUND'),
    },
  }
  app.post('/jobs/:id/cancel', { ...jobsScope, schema }, async ({ params: { id }, user }) => {
    await visibleJob(reader, id, user)
    const answer = (await cancelJobs([id])).get(id)
    if (answer === undefined) throw noJob(id)
    return { answer }
  })
}

function serveRetry(app: App, { reader, retryJob }: JobRoutes): void {
  const schema = {
    operationId: 'retryJob',
    summary: 'Run a job again that failed, was cancelled or expired',
    description:
      'The job is due at once. It keeps its id and its past attempts; failures and crashes count from 0 again. A group that has finished stays finished, and a continuation that was added is not added again.',
    tags,
    params: JobPath,
    response: {
      200: Type.Object(
        {
          answer: Type.Enum([...retryAnswers], {
            description:
              '`retried`: it waits for another attempt; `not ended`: it waits or runs anyway; `succeeded`: it is not run again',
          }),
        },
        { title: 'RetriedJob', examples: [{ answer: 'retried' }] },
      ),
      ...problems('DAYBOOK_JOB_NOT_FOUND'),
    },
  }
  app.post('/jobs/:id/retry', { ...jobsScope, schema }, async ({ params: { id }, user }) => {
    await visibleJob(reader, id, user)
    const answer = await retryJob(id)
    if (answer === undefined) throw noJob(id)
    return { answer }
  })
}
