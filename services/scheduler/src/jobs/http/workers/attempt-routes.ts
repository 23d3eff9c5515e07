import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems } from '@daybook/shared/http'
import type { Static } from 'typebox'
import type { Kinds } from '../../kinds/kind-store.ts'
import {
  type HttpAttemptDeps,
  type Outcome,
  reportOutcome,
  reportProgress,
  startAttempt,
} from '../../outcomes/http-workers/report-attempts.ts'
import { apiStateOf } from '../../queries/job-filter.ts'
import { present } from '../../stored/present.ts'
import {
  AttemptPath,
  Lease,
  OutcomeBody,
  ProgressBody,
  Progressed,
  Recorded,
  StartBody,
} from './attempt-schemas.ts'
import { tags, workerScope } from './worker-routes.ts'

export interface AttemptRoutes extends HttpAttemptDeps {
  kinds: Pick<Kinds, 'get' | 'getMany'>
  leaseMs: number
}

/** Serves the routes on attempts, for workers without Kafka and for kinds with `claim: strict`. */
export function serveAttempts(app: App, deps: AttemptRoutes): void {
  serveStart(app, deps)
  serveProgress(app, deps)
  serveOutcome(app, deps)
}

function serveStart(app: App, deps: AttemptRoutes): void {
  const schema = {
    operationId: 'startAttempt',
    summary: 'Start an attempt',
    description:
      'Run the handler only after the answer 200: then no other worker runs the attempt. 409: another worker runs it. 410: it was cancelled, has expired or has ended. Asking again is no error.',
    tags,
    params: AttemptPath,
    body: StartBody,
    response: {
      200: Lease,
      ...problems('DAYBOOK_JOB_NOT_FOUND', 'DAYBOOK_ATTEMPT_TAKEN', 'DAYBOOK_JOB_ENDED'),
    },
  }
  app.post('/jobs/:id/attempts/:n/start', { ...workerScope, schema }, async ({ params, body }) => {
    const request = { worker: body.worker, job: params.id, attempt: Number(params.n) }
    const { kind } = await startAttempt(deps, request)
    const { timeoutMs } = await deps.kinds.get(kind)
    return { leaseSeconds: deps.leaseMs / 1000, timeoutMs }
  })
}

function serveProgress(app: App, deps: AttemptRoutes): void {
  const schema = {
    operationId: 'reportProgress',
    summary: 'Say how far an attempt is',
    description: 'At most one a second is stored.',
    tags,
    params: AttemptPath,
    body: ProgressBody,
    response: {
      200: Progressed,
      ...problems('DAYBOOK_JOB_NOT_FOUND', 'DAYBOOK_ATTEMPT_TAKEN', 'DAYBOOK_JOB_ENDED'),
    },
  }
  app.post('/jobs/:id/attempts/:n/progress', { ...workerScope, schema }, ({ params, body }) => {
    const { worker, ...progress } = body
    return reportProgress(deps, { worker, job: params.id, attempt: Number(params.n) }, progress)
  })
}

function serveOutcome(app: App, deps: AttemptRoutes): void {
  const schema = {
    operationId: 'reportOutcome',
    summary: 'Say how an attempt ended',
    description: 'Saying the same again is no error. 410: the attempt has ended in another way.',
    tags,
    params: AttemptPath,
    body: OutcomeBody,
    response: { 200: Recorded, ...problems('DAYBOOK_JOB_NOT_FOUND', 'DAYBOOK_JOB_ENDED') },
  }
  app.post('/jobs/:id/attempts/:n/outcome', { ...workerScope, schema }, async ({ params, body }) => {
    const request = { worker: body.worker, job: params.id, attempt: Number(params.n) }
    const { state } = await reportOutcome(deps, request, outcomeOf(body))
    return { state: apiStateOf(state) }
  })
}

const returnReasons = ['stopping', 'late', 'unknown-kind', 'cancelled', 'lost']

/** @throws DaybookError DAYBOOK_REQUEST_INVALID when the fields do not fit the outcome */
function outcomeOf(body: Static<typeof OutcomeBody>): Outcome {
  const { worker: _, outcome, result, reason, error, ...failure } = body
  if (outcome === 'succeeded') return { type: 'JobSucceeded', data: result === undefined ? {} : { result } }
  const fits = reason === undefined || returnReasons.includes(reason) === (outcome === 'returned')
  if (!fits) throw refused('/reason', `is no reason of an attempt that is ${outcome}`)
  if (outcome === 'returned')
    return { type: 'JobReturned', data: { reason: reason ?? 'stopping', ...present({ error }) } }
  if (error === undefined) throw refused('/error', 'is missing: a failure needs it')
  return { type: 'JobFailed', data: { retry: true, ...failure, error, reason: reason ?? 'error' } }
}

const refused = (pointer: string, detail: string) =>
  new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', {
    faults: [{ pointer, detail }],
  })
