import { type App, problems } from '@daybook/shared/http'
import { type UserLogs, userLogId } from '../logs/user-log-store.ts'
import type { DayCounts } from '../projection-reads/day-counts-store.ts'
import { MonthBody, MonthQuery } from './schemas.ts'
import { whose } from './whose.ts'

export interface MonthDeps {
  dayCounts: DayCounts
  userLogs: Pick<UserLogs, 'findAll'>
}

/** Serves the days of a user's month: what a calendar shows. */
export function serveMonth(app: App, { dayCounts, userLogs }: MonthDeps): void {
  app.get(
    '/days',
    {
      schema: {
        tags: ['days'],
        operationId: 'listDays',
        summary: 'Your days in a month: how many completions count on each',
        querystring: MonthQuery,
        response: { 200: MonthBody, ...problems('DAYBOOK_AUTH_FORBIDDEN') },
      },
    },
    async ({ query: { month, user: wanted }, user }) => {
      const userId = whose(user, wanted)
      const counts = new Map(
        (await dayCounts.ofMonth(userId, month)).map(({ day, completions }) => [day, completions]),
      )
      // Also a day that has lost its completions can have a log.
      const all = Array.from({ length: 31 }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
      const logs = await userLogs.findAll(all.map(day => userLogId(day, userId)))
      const days = all.flatMap(day => {
        const completions = counts.get(day) ?? 0
        const log = logs.get(userLogId(day, userId))
        if (completions === 0 && log === undefined) return []
        return { day, completions, revision: log?.revision ?? 0, failed: log?.state === 'failed' }
      })
      return { month, userId, days }
    },
  )
}
