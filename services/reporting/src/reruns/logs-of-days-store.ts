import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { containing } from '@daybook/shared/mongo/containing'
import type { Connection, QueryFilter } from 'mongoose'
import { amendedIndex, type UserLog, userLogModel } from '../logs/user-log-model.ts'
import { userLogId } from '../logs/user-log-store.ts'
import { currentRunId, dayInZone, storedRunIds } from '../run-id.ts'
import { type Run, runModel } from '../runs/run-model.ts'

export const logStates = ['written', 'amended', 'failed'] as const
/** The state of a log: `amended` if its bytes have changed after it was first written. */
export type LogState = (typeof logStates)[number]

export const logStateOf = ({ state, revision }: Pick<UserLog, 'state' | 'revision'>): LogState =>
  state === 'written' && revision > 1 ? 'amended' : state

/** Which logs of a run a page has. */
export interface WantedLogs {
  state?: LogState | undefined
  /** A part of the user's id, in upper or lower case. */
  q?: string | undefined
  /** The user after whom the page begins. */
  after?: string | undefined
  limit: number
}

/** What operators ask about days and their logs. */
export interface LogsOfDays {
  /** The time zones that have a run of a day. */
  zones: (day: string) => Promise<string[]>
  /** How many logs of a run have had other bytes since an instant. */
  countChanged: (run: string, since: Date) => Promise<number>
  countAmended: (run: string) => Promise<number>
  /** The first logs of a run that could not be written, by user. */
  firstFailed: (run: string, limit: number) => Promise<UserLog[]>
  /** The users of a run whose logs could not be written. */
  failedUsers: (run: string) => Promise<string[]>
  /** The ids of the runs of which a log could not be written, of the logs that failed last. */
  runsWithFailed: () => Promise<string[]>
  /** A page of the logs of a run, by user. */
  page: (run: string, wanted: WantedLogs) => Promise<UserLog[]>
}

// When a disk is full, the logs of all users fail.
const MAX_FAILED = 10_000

const states: Record<LogState, QueryFilter<UserLog>> = {
  written: { state: 'written', revision: { $lte: 1 } },
  amended: { state: 'written', revision: { $gt: 1 } },
  failed: { state: 'failed' },
}

export function openLogsOfDays(connection: Connection): LogsOfDays {
  const runs = runModel(connection)
  const logs = userLogModel(connection)
  const ofRun = (run: string) => ({ runs: { $in: storedRunIds(run) } })
  return {
    zones: async day => {
      const found = await runs.find({ _id: beginningWith(`${day}@`) }, { timeZone: 1 }).lean<Run[]>()
      return found.map(({ timeZone }) => timeZone)
    },
    countChanged: (run, since) =>
      logs.countDocuments({ ...ofRun(run), state: 'written', writtenAt: { $gte: since } }),
    countAmended: run => logs.countDocuments({ ...ofRun(run), ...states.amended }).hint(amendedIndex),
    firstFailed: (run, limit) =>
      logs
        .find({ ...ofRun(run), state: 'failed' })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<UserLog[]>(),
    failedUsers: async run => {
      const found = await logs.find({ ...ofRun(run), state: 'failed' }, { userId: 1 }).lean<UserLog[]>()
      return found.map(({ userId }) => userId)
    },
    async runsWithFailed() {
      const found = await logs
        .find({ state: 'failed' }, { runs: 1 })
        .sort({ failedAt: -1 })
        .hint('failed')
        .limit(MAX_FAILED)
        .lean<UserLog[]>()
      return [...new Set(found.flatMap(log => log.runs.map(currentRunId)))]
    },
    page(run, { state, q, after, limit }) {
      const { day } = dayInZone(run)
      const filter = {
        ...ofRun(run),
        ...(state === undefined ? {} : states[state]),
        ...(q === undefined ? {} : { userId: containing(q) }),
        _id: {
          ...beginningWith(userLogId(day, '')),
          ...(after === undefined ? {} : { $gt: userLogId(day, after) }),
        },
      }
      // MongoDB tries which is faster: the logs of the day in order, for a run with most of them; or all logs of the run, which it
      // sorts, for a small one.
      const found = logs.find(filter, { outbox: 0 }).sort({ _id: 1 }).limit(limit)
      return (state === 'amended' ? found.hint(amendedIndex) : found).lean<UserLog[]>()
    },
  }
}
