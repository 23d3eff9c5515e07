import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import type { Completion, TakenBack } from '../projection/completion.ts'
import { completionModel } from '../projection/completion-model.ts'
import type { DayOfUser } from '../projection/completion-store.ts'

/** A place in the order of a day's completions: after the completion of a task. */
export type PlaceInDay = Pick<Completion, 'completedAt' | 'taskId'>

/** What the REST API shows of a completion. */
export type ShownCompletion = PlaceInDay & Pick<Completion, 'name' | 'timeZone' | 'at'>

/** A completion that was taken back, which has no text, and where the event that did so is. */
export type ShownTakenBack = Pick<TakenBack, 'taskId' | 'timeZone' | 'at'>

/** How many completions that were taken back are looked at: the newest. */
const MAX_TAKEN_BACK = 1000

/** Reads single days of users, and of each no more than is shown. */
export interface UserDays {
  /** A page of the completions that count, in the order of completion. */
  page: (of: DayOfUser, page: { after?: PlaceInDay | undefined; limit: number }) => Promise<ShownCompletion[]>
  /** The time zones of the completions that count. */
  zones: (of: DayOfUser) => Promise<string[]>
  /** The newest completions that were taken back, the last one first. */
  takenBack: (of: DayOfUser) => Promise<ShownTakenBack[]>
}

export function openUserDays(connection: Connection): UserDays {
  const completions = driverCollection(completionModel(connection))
  const hint = "a user's day"
  return {
    async page({ userId, day }, { after, limit }) {
      const projection = { _id: 0, taskId: 1, name: 1, completedAt: 1, timeZone: 1, at: 1 }
      // MongoDB keeps only the page in memory while it sorts.
      const found = completions
        .find({ userId, day, takenBack: false, ...following(after) }, { projection, hint })
        .sort({ completedAt: 1, taskId: 1 })
        .limit(limit)
      return (await found.toArray()) as unknown as ShownCompletion[]
    },
    async zones({ userId, day }) {
      return (await completions.distinct('timeZone', { userId, day, takenBack: false })) as string[]
    },
    async takenBack({ userId, day }) {
      const projection = { _id: 0, taskId: 1, timeZone: 1, at: 1 }
      const found = completions
        .find({ userId, day, takenBack: true }, { projection, hint })
        .sort({ projectedAt: -1, _id: 1 })
        .limit(MAX_TAKEN_BACK)
      return (await found.toArray()) as unknown as ShownTakenBack[]
    },
  }
}

function following(after: PlaceInDay | undefined) {
  if (after === undefined) return {}
  const { completedAt, taskId } = after
  return { $or: [{ completedAt: { $gt: completedAt } }, { completedAt, taskId: { $gt: taskId } }] }
}
