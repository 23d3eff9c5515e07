import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { Control } from '../../outcomes/control.ts'
import {
  beatFor,
  type HttpWorkerDeps,
  stopWorker,
  whatToTell,
} from '../../outcomes/http-workers/follow-workers.ts'
import { exampleWorker } from './examples.ts'
import { BeatBody, Told, WorkerPath } from './worker-schemas.ts'

export interface WorkerRoutes extends HttpWorkerDeps {
  control: Control
}

export const tags = ['workers']
/** The options of a route that tokens with the scope `worker` or `admin` can use. */
export const workerScope = { config: { scope: 'worker' as const } }

/** The largest beat, in bytes: 10,000 attempts with long ids. */
const MAX_BEAT = 4_194_304

/** Serves the routes on workers. */
export function serveWorkers(app: App, deps: WorkerRoutes): void {
  serveQuiet(app, deps)
  serveBeats(app, deps)
}

function serveQuiet(app: App, { workers, control, base }: WorkerRoutes): void {
  const admin = { config: { admin: true } }
  const quiet = {
    operationId: 'quietWorker',
    summary: 'Ask a worker to take no more attempts',
    description: 'It finishes what it has. Its beats then say `quiet`.',
    tags,
    params: WorkerPath,
    response: {
      202: Type.Object({ id: Type.String() }, { title: 'AskedWorker', examples: [{ id: exampleWorker }] }),
      ...problems('DAYBOOK_WORKER_NOT_FOUND'),
    },
  }
  app.post('/workers/:id/quiet', { ...admin, schema: quiet }, async ({ params: { id } }, reply) => {
    if (!(await workers.askToBeQuiet(id, base.now())))
      throw new DaybookError('DAYBOOK_WORKER_NOT_FOUND', `There is no worker ${id}; GET /workers lists all`)
    await control.quiet(id)
    return reply.code(202).send({ id })
  })
}

function serveBeats(app: App, deps: WorkerRoutes): void {
  const options = { ...workerScope, bodyLimit: MAX_BEAT }
  const beat = {
    operationId: 'beat',
    summary: 'Say that a worker without Kafka is alive',
    description:
      'Send it every 5 s while the worker runs anything: its attempts are lost 30 s after the last beat. The answer says what to end.',
    tags,
    params: WorkerPath,
    body: BeatBody,
    response: { 200: Told, ...problems('DAYBOOK_JOB_ENDED') },
  }
  app.post('/workers/:id/beat', { ...options, schema: beat }, async ({ params: { id }, body }) => {
    const { running = [], slots = 1, ...about } = body
    await beatFor(deps, { worker: id, slots, ...about })
    return whatToTell(deps, id, running)
  })
  const stop = {
    operationId: 'stopWorker',
    summary: 'Say that a worker without Kafka ends',
    description: 'What it has goes back at once, and costs nothing.',
    tags,
    params: WorkerPath,
    body: BeatBody,
    response: { 204: Type.Null(), ...problems('DAYBOOK_JOB_ENDED') },
  }
  app.post('/workers/:id/stop', { ...options, schema: stop }, async ({ params: { id }, body }, reply) => {
    const { running: _, slots = 1, ...about } = body
    await stopWorker(deps, { worker: id, slots, ...about })
    return reply.code(204).send(null)
  })
}
