import { streamOf } from '@daybook/shared/mongo/stream'
import { currentTimeZone, olderTimeZones } from '@daybook/shared/time/days'
import type { Connection, QueryFilter } from 'mongoose'
import { inGroups } from '../in-groups.ts'
import { completionModel, type StoredCompletion } from '../projection/completion-model.ts'
import type { UserDay } from '../projection/projector.ts'

/** The id of a completion, and the user, the day and the time zone that it counts for. */
export type CompletionDay = UserDay & { _id: string }

/** The completions that earlier versions stored under older names of time zones. They are streamed in groups. */
export interface RenamedCompletions {
  /** Completions under older names, of a day or later. */
  underOlderNames: (since: string) => AsyncIterable<CompletionDay[]>
  /** All completions of a day in a time zone. */
  ofDay: (day: string, timeZone: string) => AsyncIterable<CompletionDay[]>
  /** All completions of the days after `after`, up to `through`, in a time zone. */
  ofDays: (days: { after: string; through: string }, timeZone: string) => AsyncIterable<CompletionDay[]>
  /** Moves completions from the older name of their time zone to the current name. */
  rename: (ids: string[], older: string) => Promise<void>
  /** Moves all completions of a day from the older name of a time zone to the current name. */
  renameDay: (day: string, older: string) => Promise<void>
}

export function openRenamedCompletions(connection: Connection): RenamedCompletions {
  const completions = completionModel(connection)
  const find = (filter: QueryFilter<StoredCompletion>) =>
    inGroups(
      streamOf(completions.find(filter, { day: 1, timeZone: 1, userId: 1 }).lean<CompletionDay>().cursor()),
    )
  async function rename(filter: QueryFilter<StoredCompletion>, older: string): Promise<void> {
    await completions.updateMany(
      { ...filter, timeZone: older },
      { $set: { timeZone: currentTimeZone(older) } },
    )
  }

  return {
    underOlderNames: since => find({ day: { $gte: since }, timeZone: { $in: [...olderTimeZones] } }),
    ofDay: (day, timeZone) => find({ day, timeZone }),
    ofDays: ({ after, through }, timeZone) => find({ day: { $gt: after, $lte: through }, timeZone }),
    rename: (ids, older) => rename({ _id: { $in: ids } }, older),
    renameDay: (day, older) => rename({ day }, older),
  }
}
