import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import type { Connection } from 'mongoose'
import { type UserLog, userLogModel } from '../logs/user-log-model.ts'
import { storedRunIds } from '../run-id.ts'
import { type Run, runModel } from '../runs/run-model.ts'

/** What reruns ask about days and their logs. */
export interface LogsOfDays {
  /** The time zones that have a run of a day. */
  zones: (day: string) => Promise<string[]>
  /** How many logs of a run have had other bytes since an instant. */
  countChanged: (run: string, since: Date) => Promise<number>
  /** The first logs of a run that could not be written, by user. */
  firstFailed: (run: string, limit: number) => Promise<UserLog[]>
}

export function openLogsOfDays(connection: Connection): LogsOfDays {
  const runs = runModel(connection)
  const logs = userLogModel(connection)
  return {
    zones: async day => {
      const found = await runs.find({ _id: beginningWith(`${day}@`) }, { timeZone: 1 }).lean<Run[]>()
      return found.map(({ timeZone }) => timeZone)
    },
    countChanged: (run, since) =>
      logs.countDocuments({ runs: { $in: storedRunIds(run) }, state: 'written', writtenAt: { $gte: since } }),
    firstFailed: (run, limit) =>
      logs
        .find({ runs: { $in: storedRunIds(run) }, state: 'failed' })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<UserLog[]>(),
  }
}
