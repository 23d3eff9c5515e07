import type { Rates } from '@daybook/shared/operator-api/rate-store'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { Completions } from '../projection/completion-store.ts'
import type { Runs } from '../runs/run-store.ts'

/** What reporting counts. */
export const rateNames = {
  projected: 'Completions, and completions taken back, that were written to the projection',
  endsOfDay: 'Runs that were asked for, by the end of a day in a time zone or a late completion',
  logs: 'User logs that were written',
  amendments: 'User logs that amended their day',
  reports: 'Days of a time zone that were reported',
}

interface Counted {
  completions: Completions
  userLogs: UserLogs
  runs: Runs
}

/** The stores, which now count what is written to them. */
export function countedStores(
  { completions, userLogs, runs }: Counted,
  { count }: Pick<Rates, 'count'>,
): Counted {
  return {
    completions: {
      ...completions,
      async apply(documents) {
        await completions.apply(documents)
        count('projected', documents.length)
      },
    },
    userLogs: {
      ...userLogs,
      async recordWritten(written) {
        const refused = await userLogs.recordWritten(written)
        const left = new Set(refused)
        const stored = written.filter(one => !left.has(one))
        count('logs', stored.length)
        count('amendments', stored.filter(({ amended }) => amended !== undefined).length)
        return refused
      },
    },
    runs: {
      ...runs,
      async create(days) {
        await runs.create(days)
        count('endsOfDay', days.length)
      },
      async markReported(...reported) {
        const isReported = await runs.markReported(...reported)
        if (isReported) count('reports')
        return isReported
      },
    },
  }
}
