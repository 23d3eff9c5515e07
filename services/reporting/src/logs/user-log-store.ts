import type { DayAmended, Envelope } from '@daybook/shared/events'
import { boundedText } from '@daybook/shared/failures/bounded-text'
import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { type EmbeddedEvent, embeddedOutbox, type Outbox, outboxEntries } from '@daybook/shared/outbox'
import type { Connection, Model } from 'mongoose'
import { storedRunIds } from '../run-id.ts'
import { type UserLog, userLogModel } from './user-log-model.ts'

/** The `_id` of a user log. */
export const userLogId = (day: string, userId: string): string => `${day}/${userId}`

/** The records of the user logs. */
export interface UserLogs {
  find: (day: string, userId: string) => Promise<UserLog | undefined>
  /**
   * Records that a log was written, unless another writer has recorded the same log since it was read.
   * @param known the record as it was read, or undefined when there was none
   * @param amended the event to publish if the log amends its day
   * @returns whether the log was recorded
   */
  recordWritten: (known: UserLog | undefined, next: UserLog, amended?: DayAmended) => Promise<boolean>
  /** Records that a log of a run could not be written. */
  recordFailed: (day: string, userId: string, run: string, error: Error) => Promise<void>
  countWritten: (run: string) => Promise<number>
  countFailed: (run: string) => Promise<number>
  /** The outbox in which `recordWritten` stores events. */
  outbox: (publish: (events: Envelope[]) => Promise<unknown>) => Outbox<EmbeddedEvent>
}

export async function openUserLogs(connection: Connection): Promise<UserLogs> {
  const logs = userLogModel(connection)
  await createIndexes(logs)
  const count = (run: string, state: UserLog['state']) =>
    logs.countDocuments({ runs: { $in: storedRunIds(run) }, state })

  return {
    find: async (day, userId) => (await logs.findById(userLogId(day, userId)).lean<UserLog>()) ?? undefined,
    async recordWritten(known, next, amended) {
      const outbox = amended === undefined ? [] : outboxEntries([amended])
      if (known === undefined) return insert(logs, outbox.length > 0 ? { ...next, outbox } : next)
      const { _id, ...fields } = next
      // Adds to the outbox and does not replace it, because the relay may remove entries at the same time.
      const push = outbox.length > 0 ? { $push: { outbox: { $each: outbox } } } : {}
      const update = { $set: fields, $unset: { error: '' as const }, ...push }
      return (await logs.updateOne({ _id, revision: known.revision }, update)).matchedCount === 1
    },
    async recordFailed(day, userId, run, error) {
      const never = { day, userId, revision: 0, completions: 0, sha256: null, writtenAt: null }
      const failure = { state: 'failed', error: boundedText(error.message) } as const
      const update = { $set: failure, $addToSet: { runs: run }, $setOnInsert: never }
      await logs.updateOne({ _id: userLogId(day, userId) }, update, { upsert: true })
    },
    countWritten: run => count(run, 'written'),
    countFailed: run => count(run, 'failed'),
    outbox: publish => embeddedOutbox(driverCollection(logs), publish),
  }
}

async function insert(logs: Model<UserLog>, log: UserLog): Promise<boolean> {
  try {
    await logs.create(log)
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}
