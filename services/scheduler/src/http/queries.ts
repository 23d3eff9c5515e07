import { type App, etagOf, pageOf, problems, versioned } from '@daybook/shared/http'
import { existing } from '../schedules/refusals.ts'
import type { Schedule } from '../schedules/schedule.ts'
import { currentName } from '../schedules/schedule-name.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { upcomingFirings } from '../schedules/upcoming.ts'
import { auditOf } from './audit.ts'
import { type JobStates, lastJobsOf } from './last-jobs.ts'
import { readPlace, writePlace } from './list-place.ts'
import { admin, tags } from './operator-routes.ts'
import { FiringsQuery, newestFirings, PastFirings, pastFiringBody } from './past-firings.ts'
import { Changes, ChangesQuery, firingBody, List, ListQuery, Next, NextQuery } from './query-schemas.ts'
import { changeBody, ScheduleBody, SchedulePath, scheduleBody } from './schemas.ts'

/** Serves the queries on schedules. @param jobs absent: the scheduler has no jobs */
export function serveQueries(app: App, schedules: Schedules, jobs: JobStates | undefined): void {
  serveList(app, schedules, jobs)
  serveOne(app, schedules, jobs)
  serveNext(app, schedules)
  serveFirings(app, schedules)
  serveChanges(app, schedules)
}

function serveList(app: App, schedules: Schedules, jobs: JobStates | undefined): void {
  const schema = {
    operationId: 'listSchedules',
    summary: 'List schedules, by name or by what fires next',
    tags,
    querystring: ListQuery,
    response: { 200: List, ...problems() },
  }
  app.get('/schedules', { ...admin, schema }, async ({ query: { limit, after, ...wanted } }) => {
    const place = after === undefined ? undefined : readPlace(after, wanted.sort)
    const found = await schedules.list({ ...wanted, after: place, limit: limit + 1 }, new Date())
    const { page, last } = pageOf(found, limit)
    const lastJobs = await lastJobsOf(page, jobs)
    const nextAfter = last ? writePlace(last, wanted.sort) : null
    return { schedules: page.map(one => bodyWith(one, lastJobs)), nextAfter }
  })
}

function serveOne(app: App, schedules: Schedules, jobs: JobStates | undefined): void {
  const schema = {
    operationId: 'readSchedule',
    summary: 'Get a schedule',
    tags,
    params: SchedulePath,
    response: { 200: versioned(ScheduleBody), ...problems('DAYBOOK_SCHEDULE_NOT_FOUND') },
  }
  app.get('/schedules/:name', { ...admin, schema }, async ({ params: { name } }, reply) => {
    const schedule = existing(name, await schedules.find(currentName(name)))
    if (schedule.kind === 'user') reply.header('etag', etagOf(schedule.version))
    return bodyWith(schedule, await lastJobsOf([schedule], jobs))
  })
}

function bodyWith(schedule: Schedule, lastJobs: Awaited<ReturnType<typeof lastJobsOf>>) {
  const lastJob = lastJobs.get(schedule._id)
  return lastJob === undefined ? scheduleBody(schedule) : { ...scheduleBody(schedule), lastJob }
}

function serveNext(app: App, schedules: Schedules): void {
  const schema = {
    operationId: 'previewSchedule',
    summary: 'Preview when a schedule fires next',
    description: 'For a paused schedule: when it would fire if it was resumed now.',
    tags,
    params: SchedulePath,
    querystring: NextQuery,
    response: { 200: Next, ...problems('DAYBOOK_SCHEDULE_NOT_FOUND') },
  }
  app.get('/schedules/:name/next', { ...admin, schema }, async ({ params: { name }, query: { count } }) => {
    const schedule = existing(name, await schedules.find(currentName(name)))
    const { timeZone } = scheduleBody(schedule)
    return { next: upcomingFirings(schedule, count, new Date()).map(one => firingBody(one, timeZone)) }
  })
}

function serveFirings(app: App, schedules: Schedules): void {
  const schema = {
    operationId: 'listScheduleFirings',
    summary: 'List the past firings of a schedule, newest first',
    description:
      'Keeps the newest 50, also of a deleted schedule, until its changes are removed. Those of earlier versions of Daybook are not in it.',
    tags,
    params: SchedulePath,
    querystring: FiringsQuery,
    response: { 200: PastFirings, ...problems('DAYBOOK_SCHEDULE_NOT_FOUND') },
  }
  app.get(
    '/schedules/:name/firings',
    { ...admin, schema },
    async ({ params: { name }, query: { limit } }) => {
      const kept = existing(name, await schedules.firings(currentName(name)))
      return { firings: newestFirings(kept, limit).map(pastFiringBody) }
    },
  )
}

function serveChanges(app: App, schedules: Schedules): void {
  const schema = {
    operationId: 'listScheduleChanges',
    summary: 'List what operators did to a schedule, newest first',
    description:
      'Keeps the newest 200 changes and the newest 50 firings by hand, also of a deleted schedule. They are removed `SCHEDULE_RETENTION_DAYS` after the schedule was deleted, or after the last change or firing of a schedule without further slots.',
    tags,
    params: SchedulePath,
    querystring: ChangesQuery,
    response: { 200: Changes, ...problems('DAYBOOK_SCHEDULE_NOT_FOUND') },
  }
  app.get(
    '/schedules/:name/changes',
    { ...admin, schema },
    async ({ params: { name }, query: { limit } }) => {
      const changes = existing(name, await auditOf(schedules, currentName(name), limit))
      return { changes: changes.map(changeBody) }
    },
  )
}
