import {
  type App,
  eventStreams,
  type Followed,
  lastEventField,
  problems,
  streamAnswers,
} from '@daybook/shared/http'
import { Type } from 'typebox'
import { currentRunId } from '../run-id.ts'
import { noRun } from './no-run.ts'
import { rerunBody, withoutDays } from './reruns/rerun-body.ts'
import { known, type RerunRoutes } from './reruns/rerun-routes.ts'
import { RerunPath } from './reruns/rerun-schemas.ts'
import { type RunDeps, runBody } from './runs.ts'
import { RunPath } from './schemas.ts'
import { sharedReads } from './shared-reads.ts'

const config = { admin: true }
const tags = ['runs']
const headers = Type.Object(lastEventField)

// The streams of a rerun share its reads. Less than the time between two reads of a stream, so that a single one reads each time.
const SHARED_MS = 400

/** Serves the progress of runs and reruns as server-sent events. */
export function serveProgress(app: App, routes: RunDeps & RerunRoutes): void {
  const follow = eventStreams(app)
  const ofRun = {
    operationId: 'followRun',
    summary: 'The progress of a run as server-sent events',
    description: 'The last event has the state `done`, or `empty` if no task was completed.',
    tags,
    params: RunPath,
    headers,
    response: {
      ...streamAnswers('the answer of GET /runs/{id}'),
      ...problems('DAYBOOK_RUN_NOT_FOUND', 'DAYBOOK_DAY_EMPTY', 'DAYBOOK_RUN_PENDING'),
    },
  }
  app.get('/runs/:id/progress', { config, schema: ofRun }, (request, reply) => {
    const id = currentRunId(request.params.id)
    let last: Awaited<ReturnType<typeof runBody>> | undefined
    return follow(request, reply, async () => {
      const [run] = await routes.runs.find([id])
      if (run !== undefined) last = await runBody(run, routes)
      if (last === undefined) throw await noRun(request.params.id, routes)
      // An empty run is removed.
      const state = run === undefined ? { ...last, state: 'empty' as const } : last
      return { state, ended: run === undefined || run.state === 'done' }
    })
  })

  const ofRerun = {
    operationId: 'followRerun',
    summary: 'The progress of a rerun as server-sent events',
    description: 'The last event has the state `done`.',
    tags,
    params: RerunPath,
    headers,
    response: {
      ...streamAnswers('the answer of GET /reruns/{id} without its days'),
      ...problems('DAYBOOK_RERUN_NOT_FOUND'),
    },
  }
  const shared = sharedReads<Followed>(SHARED_MS)
  const progressOf = async (id: string) => {
    const rerun = await known(routes.reruns, id)
    return { state: withoutDays(await rerunBody(rerun, routes)), ended: rerun.state === 'done' }
  }
  app.get('/reruns/:id/progress', { config, schema: ofRerun }, (request, reply) => {
    const { id } = request.params
    return follow(request, reply, () => shared(id, () => progressOf(id)))
  })
}
