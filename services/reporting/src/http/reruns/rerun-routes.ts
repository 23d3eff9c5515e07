import { DaybookError } from '@daybook/shared/failures/errors'
import {
  type App,
  pageOf,
  preferenceApplied,
  preferField,
  problems,
  type Waiters,
  waitAsPreferred,
} from '@daybook/shared/http'
import { Type } from 'typebox'
import { type DryRunDeps, dryRun } from '../../reruns/dry-run.ts'
import { type PlanDeps, planDays } from '../../reruns/plan-days.ts'
import type { Rerun } from '../../reruns/rerun-model.ts'
import type { Reruns } from '../../reruns/rerun-store.ts'
import { currentRunId } from '../../run-id.ts'
import { OrderBody, readOrder } from './order-body.ts'
import { listedRerun, plannedBody, type RerunReaders, rerunBody, rerunsOf } from './rerun-body.ts'
import { RerunBody, RerunList, RerunPath, RerunQuery } from './rerun-schemas.ts'

export type RerunRoutes = RerunReaders &
  PlanDeps &
  DryRunDeps & {
    reruns: Reruns
    waiters: Pick<Waiters, 'wait'>
    /** Tells the loop of reruns that there is one to advance. */
    wakeReruns: () => void
  }

const config = { admin: true }
const tags = ['runs']

/** Serves the orders to write logs again. */
export function serveReruns(app: App, routes: RerunRoutes): void {
  serveOrders(app, routes)
  serveRerunList(app, routes)
  serveRerun(app, routes)
}

const headers = { ...preferenceApplied, location: Type.String({ description: 'The path of the rerun' }) }

function serveOrders(app: App, routes: RerunRoutes): void {
  const { reruns, waiters, wakeReruns } = routes
  const schema = {
    operationId: 'orderRerun',
    summary: 'Write the logs of days again, or for the first time',
    description:
      'Orders a rerun of one day or a range of days. A day that is over and has no run gets its run, as if its end had just been received; a run in progress is followed; of a day that was reported, each log is written again, with its task files, also where nothing seems to have changed. So lost and damaged files are restored. No day is reported twice; each log whose bytes change is announced by DayAmended. The order is stored before the answer. 202: it is stored; 200: it was done within the time that `Prefer: wait=N` gave it, or it is a dry run. A repeated request makes another rerun, which does no harm.',
    tags,
    headers: Type.Object(preferField),
    body: OrderBody,
    response: {
      200: { ...RerunBody, headers },
      202: { ...RerunBody, headers },
      ...problems('DAYBOOK_DAY_NOT_OVER'),
    },
  }
  app.post('/runs', { config, schema, attachValidation: true }, async (request, reply) => {
    const { body, user, log, traceparent } = request
    const { from, to, ...wanted } = readOrder(body, request.validationError, user.timeZone)
    const days = await planDays(wanted, routes)
    const { userId } = wanted
    const whose = {
      ...(userId === undefined ? {} : { userId }),
      ...(body.failed ? { onlyFailed: true } : {}),
    }
    const order = { from, to, by: user.id, ...whose }
    if (body.dryRun) return plannedBody(order, await dryRun(days, whose, routes))
    const rerun = await reruns.add({ ...order, days, traceparent })
    log.info({ rerun: rerun._id, ...order, days: days.length }, 'ordered a rerun')
    wakeReruns()
    const ended = await waitAsPreferred(request, reply, { waiters, id: rerun._id })
    reply.code(ended ? 200 : 202).header('location', `/reruns/${rerun._id}`)
    return rerunBody(await known(reruns, rerun._id), routes)
  })
}

function serveRerunList(app: App, routes: RerunRoutes): void {
  const { reruns } = routes
  const schema = {
    operationId: 'listReruns',
    summary: 'Reruns, newest first',
    description: 'A rerun is forgotten a year after it was ordered.',
    tags,
    querystring: RerunQuery,
    response: { 200: RerunList, ...problems() },
  }
  app.get('/reruns', { config, schema }, async ({ query: { run, limit, cursor } }) => {
    const wanted = { before: cursor, limit: limit + 1 }
    if (run !== undefined) {
      const { page, last } = pageOf(await reruns.daysOfRun(currentRunId(run), wanted), limit)
      return { reruns: await rerunsOf(page, routes), nextCursor: last?.rerun ?? null }
    }
    const { page, last } = pageOf(await reruns.list(wanted), limit)
    return { reruns: page.map(listedRerun), nextCursor: last?._id ?? null }
  })
}

function serveRerun(app: App, routes: RerunRoutes): void {
  const schema = {
    operationId: 'readRerun',
    summary: 'A rerun: how far it is, and what became of each day',
    description: 'With `Prefer: wait=N` the answer comes when the rerun is done, or after N seconds.',
    tags,
    params: RerunPath,
    headers: Type.Object(preferField),
    response: { 200: { ...RerunBody, headers: preferenceApplied }, ...problems('DAYBOOK_RERUN_NOT_FOUND') },
  }
  app.get('/reruns/:id', { config, schema }, async (request, reply) => {
    const { id } = request.params
    const rerun = await known(routes.reruns, id)
    if (rerun.state === 'running') await waitAsPreferred(request, reply, { waiters: routes.waiters, id })
    return rerunBody(await known(routes.reruns, id), routes)
  })
}

/** @throws DaybookError DAYBOOK_RERUN_NOT_FOUND */
export async function known(reruns: Pick<Reruns, 'find'>, id: string): Promise<Rerun> {
  const rerun = await reruns.find(id)
  if (rerun !== undefined) return rerun
  throw new DaybookError('DAYBOOK_RERUN_NOT_FOUND', `There is no rerun ${id}. GET /reruns lists all of them`)
}
