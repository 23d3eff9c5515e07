import { type DayReported, traced } from '@daybook/shared/events'
import { offsetsToJson } from '@daybook/shared/kafka'
import { outboxEntries } from '@daybook/shared/outbox'
import { olderTimeZones, storedNames } from '@daybook/shared/time/days'
import { LEASE_MS } from '../../../../services/reporting/src/leases/lease.ts'
import { runId } from '../../../../services/reporting/src/run-id.ts'
import type { Run } from '../../../../services/reporting/src/runs/run-model.ts'
import type { DayToReport, Runs } from '../../../../services/reporting/src/runs/run-store.ts'
import { collectionOf } from '../collection.ts'
import { without } from '../copy.ts'
import type { Connection } from '../database.ts'
import { memoryOutbox } from '../embedded-outbox.ts'

const MAX_UNFINISHED = 500

const notDone = ({ state }: Run) => state !== 'done'
const isEmpty = ({ state }: Run) => state === 'empty'
const newestFirst = (a: Run, b: Run) => (a._id < b._id ? 1 : -1)

const waitsForTasks = ({ state, endedAt, closingOffsets }: Run) =>
  state === 'closing' && endedAt !== undefined && closingOffsets === undefined

const withoutRequests = (run: Run): Run => without(run, 'jobOffsets', 'jobs', 'counts', 'jobsSentAt')
const withoutLease = (run: Run): Run => without(run, 'leaseOwner', 'leaseUntil')

const same = (a: Run['jobOffsets'], b: Run['jobOffsets']) => JSON.stringify(a) === JSON.stringify(b)

/** Whether no process has advanced a run since it was read. */
const asRead = (read: Run) => (run: Run) =>
  run.state === read.state &&
  same(run.closingOffsets, read.closingOffsets) &&
  same(run.jobOffsets, read.jobOffsets)

const causeOf = ({ endedAt, traceparent }: DayToReport) => ({
  ...(endedAt && { endedAt }),
  ...traced(traceparent),
})

const reopened = (run: Run, day: DayToReport): Run => ({
  ...without(withoutRequests(run), 'closingOffsets', 'endedAt', 'traceparent'),
  state: 'closing',
  ...causeOf(day),
})

/** `openRuns` in memory. Each write of `create` is on its own. */
export function memoryRuns(connection: Connection): Runs {
  const runs = collectionOf<Run>(connection, 'runs')

  const advance = (read: Run, next: (run: Run) => Run): Promise<boolean> =>
    runs.update(read._id, asRead(read), run => withoutLease(next(run)))

  async function create(given: DayToReport): Promise<void> {
    const { day, timeZone, endedAt } = given
    const _id = runId(day, timeZone)
    await runs.update(_id, isEmpty, run => reopened(run, given))
    await runs.insert({
      _id,
      day,
      timeZone,
      state: 'closing',
      createdAt: new Date(),
      ...causeOf(given),
    })
    if (endedAt === undefined) return
    const isEarlier = (run: Run) => waitsForTasks(run) && Number(run.endedAt) < endedAt.getTime()
    await runs.update(_id, isEarlier, run => ({ ...run, ...causeOf(given) }))
  }

  return {
    async create(days) {
      for (const day of days) await create(day)
    },
    async recordPublished(endedAt, closingOffsets) {
      const isCovered = (run: Run) => waitsForTasks(run) && Number(run.endedAt) <= endedAt.getTime()
      await runs.updateAll(isCovered, run => ({ ...run, closingOffsets }))
    },
    find: ids => runs.getAll(ids),
    async list({ state, day, timeZone, before, limit }) {
      const found = await runs.find(
        run =>
          (state === undefined || run.state === state) &&
          (day === undefined || run.day === day) &&
          (timeZone === undefined || storedNames(timeZone).includes(run.timeZone)) &&
          (before === undefined || run._id < before),
      )
      return found.sort(newestFirst).slice(0, limit)
    },
    async unfinished() {
      const found = await runs.find(run => notDone(run) && !olderTimeZones.includes(run.timeZone))
      return found.sort(newestFirst).slice(0, MAX_UNFINISHED)
    },
    overdue: before => runs.find(run => notDone(run) && run.createdAt < before),
    async unreported(days) {
      const found = await runs.find(
        run => days.includes(run.day) && (notDone(run) || run.outbox !== undefined),
      )
      return new Set(found.map(({ day }) => day))
    },
    lease(read, leaseOwner) {
      const now = Date.now()
      const isFree = (run: Run) =>
        run.leaseOwner === leaseOwner || run.leaseUntil === undefined || run.leaseUntil.getTime() < now
      return runs.update(
        read._id,
        run => asRead(read)(run) && isFree(run),
        run => ({ ...run, leaseOwner, leaseUntil: new Date(now + LEASE_MS) }),
      )
    },
    async release(owner) {
      await runs.updateAll(run => notDone(run) && run.leaseOwner === owner, withoutLease)
    },
    recordClosingOffsets: (read, tasksEnd) =>
      advance(read, run => ({ ...run, closingOffsets: offsetsToJson(tasksEnd) })),
    startWriting: read => advance(read, run => ({ ...run, state: 'writing', writingAt: new Date() })),
    markEmpty: read => advance(read, run => ({ ...run, state: 'empty' })),
    recordRequestsSent: (read, { requests: jobs, counts }, requestsEnd) =>
      advance(read, run => ({
        ...run,
        jobs,
        counts,
        jobOffsets: offsetsToJson(requestsEnd),
        jobsSentAt: new Date(),
      })),
    forgetRequests: read => advance(read, withoutRequests),
    markReported: (read, doneAt, event) => advance(read, run => reported(run, doneAt, event)),
    removeEmpty: id => runs.remove(id, isEmpty),
    outbox: publish => memoryOutbox(runs, publish),
  }
}

const reported = (run: Run, doneAt: Date, event: DayReported): Run => ({
  ...run,
  state: 'done',
  doneAt,
  ...(event.data.manifestSha256 ? { manifestSha256: event.data.manifestSha256 } : {}),
  outbox: [...(run.outbox ?? []), ...outboxEntries([event])],
})
