import { createIndexes } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import { type UnreadDay, unreadDayModel } from './unread-day-model.ts'

/** The days that reporting has still to read, for all schedulers of a stack. */
export interface UnreadDays {
  /** Notes days whose EndOfDay was published just now. One that is unread already keeps its time, and gets a new barrier. */
  add: (days: readonly { day: string; timeZone: string }[], publishedAt: Date) => Promise<void>
  /** The longest unread days. */
  oldest: (limit: number) => Promise<UnreadDay[]>
  countBefore: (publishedBefore: Date) => Promise<number>
  /** Gives days without a barrier these offsets, which were read after the days. */
  setBarrier: (days: readonly UnreadDay[], barrier: Record<string, string>) => Promise<void>
  /** Removes days that are read, unless they were published again since. */
  remove: (days: readonly UnreadDay[]) => Promise<void>
}

export async function openUnreadDays(connection: Connection): Promise<UnreadDays> {
  const unread = unreadDayModel(connection)
  await createIndexes(unread)
  return {
    async add(days, publishedAt) {
      const writes = days.map(({ day, timeZone }) => ({
        updateOne: {
          filter: { _id: `${day}@${timeZone}` },
          update: { $setOnInsert: { day, timeZone, publishedAt }, $unset: { barrier: '' as const } },
          upsert: true,
        },
      }))
      if (writes.length > 0) await unread.bulkWrite(writes, { ordered: false })
    },
    oldest: limit => unread.find().sort({ publishedAt: 1 }).limit(limit).lean<UnreadDay[]>(),
    countBefore: before => unread.countDocuments({ publishedAt: { $lt: before } }),
    async setBarrier(days, barrier) {
      const without = { _id: { $in: days.map(({ _id }) => _id) }, barrier: { $exists: false } }
      if (days.length > 0) await unread.updateMany(without, { $set: { barrier } })
    },
    async remove(days) {
      const asRead = days.flatMap(({ _id, barrier }) =>
        barrier === undefined ? [] : { deleteOne: { filter: { _id, barrier } } },
      )
      if (asRead.length > 0) await unread.bulkWrite(asRead, { ordered: false })
    },
  }
}
