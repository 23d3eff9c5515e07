import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import { completionModel } from '../projection/completion-model.ts'

/** How many completions count on a day. */
export interface DayCount {
  day: string
  completions: number
}

/** Counts the completions of users. */
export interface DayCounts {
  /** The days of a month (`2026-11`) on which a completion of a user counts, in their order. */
  ofMonth: (userId: string, month: string) => Promise<DayCount[]>
}

export function openDayCounts(connection: Connection): DayCounts {
  const completions = driverCollection(completionModel(connection))
  return {
    async ofMonth(userId, month) {
      // As texts, all days of the month are between these.
      const day = { $gte: `${month}-01`, $lte: `${month}-31` }
      const found = completions.aggregate<{ _id: string; count: number }>(
        [
          { $match: { userId, day, takenBack: false } },
          { $group: { _id: '$day', count: { $sum: 1 } } },
          { $sort: { _id: 1 } },
        ],
        { hint: "a user's day" },
      )
      return (await found.toArray()).map(({ _id, count }) => ({ day: _id, completions: count }))
    },
  }
}
