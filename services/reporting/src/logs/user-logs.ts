import { boundedText } from '@daybook/shared/failures/bounded-text'
import { collectionOf } from '@daybook/shared/mongo/connect-mongo'
import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import { outboxIndex, type WithOutbox } from '@daybook/shared/outbox'
import type { Connection, mongo } from 'mongoose'
import { storedRunIds } from '../run-id.ts'

/** What is known of a user's log of a day. */
export interface UserLog extends WithOutbox {
  /** `<day>/<userId>` */
  _id: string
  day: string
  userId: string
  /** The runs that had it written: one, or one for each time zone that the user was in that day. */
  runs: string[]
  state: 'written' | 'failed'
  /** How often its bytes have changed, from 1; 0 while it was never written. */
  revision: number
  completions: number
  /** Of the file, in hexadecimal; null when nothing is left of the day and the file is gone. */
  sha256: string | null
  writtenAt: Date | null
  /** Why it could not be written, in the state failed. */
  error?: string
}

export const userLogId = (day: string, userId: string): string => `${day}/${userId}`

export interface UserLogs {
  collection: mongo.Collection<UserLog>
  find: (day: string, userId: string) => Promise<UserLog | undefined>
  /**
   * Replaces what is known, if it is still what was read before.
   * @param known what was read, or undefined when there was nothing
   * @returns whether it was: if not, another writer has been at the same day
   */
  replace: (known: UserLog | undefined, next: UserLog) => Promise<boolean>
  fail: (day: string, userId: string, run: string, error: Error) => Promise<void>
  writtenOf: (run: string) => Promise<number>
  failuresOf: (run: string) => Promise<number>
}

export async function openUserLogs(connection: Connection): Promise<UserLogs> {
  const logs = collectionOf<UserLog>(connection, 'user_logs')
  await logs.createIndexes([
    { key: { runs: 1, state: 1 }, name: 'logs of a run' },
    { key: outboxIndex[0], ...outboxIndex[1] },
  ])

  return {
    collection: logs,
    find: async (day, userId) => (await logs.findOne({ _id: userLogId(day, userId) })) ?? undefined,
    async replace(known, next) {
      if (known === undefined) return insert(logs, next)
      const { _id, outbox = [], ...fields } = next
      // Pushed, not replaced: the relay takes from the outbox at the same time.
      const push = outbox.length > 0 ? { $push: { outbox: { $each: outbox } } } : {}
      const update = { $set: fields, $unset: { error: '' }, ...push } as mongo.UpdateFilter<UserLog>
      return (await logs.updateOne({ _id, revision: known.revision }, update)).matchedCount === 1
    },
    async fail(day, userId, run, error) {
      const never = { day, userId, revision: 0, completions: 0, sha256: null, writtenAt: null }
      const failure = { state: 'failed', error: boundedText(error.message) } as const
      const update = { $set: failure, $addToSet: { runs: run }, $setOnInsert: never }
      await logs.updateOne({ _id: userLogId(day, userId) }, update, { upsert: true })
    },
    writtenOf: run => logs.countDocuments({ runs: { $in: storedRunIds(run) }, state: 'written' }),
    failuresOf: run => logs.countDocuments({ runs: { $in: storedRunIds(run) }, state: 'failed' }),
  }
}

async function insert(logs: mongo.Collection<UserLog>, log: UserLog): Promise<boolean> {
  try {
    await logs.insertOne(log)
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}
