import type { DayAmended, Envelope } from '@daybook/shared/events'
import { boundedText } from '@daybook/shared/failures/bounded-text'
import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { streamOf } from '@daybook/shared/mongo/stream'
import { type EmbeddedEvent, embeddedOutbox, type Outbox, outboxEntries } from '@daybook/shared/outbox'
import type { Connection, Model } from 'mongoose'
import { storedRunIds } from '../run-id.ts'
import { ofRunIndex, type UserLog, userLogModel } from './user-log-model.ts'

/** The `_id` of a user log. */
export const userLogId = (day: string, userId: string): string => `${day}/${userId}`

/** A record as a writer reads it. */
export type KnownLog = Omit<UserLog, 'outbox'>

/** A log that was written. */
export interface WrittenLog {
  /** The record as it was read, or undefined when there was none. */
  known: KnownLog | undefined
  next: KnownLog
  /** The event to publish if the log amends its day. */
  amended: DayAmended | undefined
}

/** The records of the user logs. */
export interface UserLogs {
  find: (day: string, userId: string) => Promise<UserLog | undefined>
  /** The records with these ids that exist, by id. */
  findAll: (ids: string[]) => Promise<Map<string, KnownLog>>
  /** Streams the records of a run, in the order of the user ids. */
  ofRun: (run: string) => AsyncIterable<KnownLog>
  /**
   * Records that logs were written, each unless another writer has recorded the same log since it was read.
   * @returns the logs to be written and recorded again: those that are refused, and perhaps others
   */
  recordWritten: <One extends WrittenLog>(written: One[]) => Promise<One[]>
  /** Records that a log of a run could not be written. */
  recordFailed: (day: string, userId: string, run: string, error: Error) => Promise<void>
  countWritten: (run: string) => Promise<number>
  countFailed: (run: string) => Promise<number>
  /** The logs that failed last, the newest first. */
  newestFailed: (limit: number) => Promise<KnownLog[]>
  /** How many logs of a day have an amendment that is not published. */
  countUnpublished: (day: string) => Promise<number>
  /** The outbox in which `recordWritten` stores events. */
  outbox: (publish: (events: Envelope[]) => Promise<unknown>) => Outbox<EmbeddedEvent>
}

const LOGS_PER_BATCH = 1000

export async function openUserLogs(connection: Connection): Promise<UserLogs> {
  const logs = userLogModel(connection)
  await createIndexes(logs)
  const count = (run: string, state: UserLog['state']) =>
    logs.countDocuments({ runs: { $in: storedRunIds(run) }, state })

  return {
    find: async (day, userId) => (await logs.findById(userLogId(day, userId)).lean<UserLog>()) ?? undefined,
    findAll: async ids => {
      const found = driverCollection(logs).find<KnownLog>(
        { _id: { $in: ids } },
        { projection: { outbox: 0 } },
      )
      return new Map((await found.toArray()).map(log => [log._id, log]))
    },
    ofRun(run) {
      const filter = { runs: { $in: storedRunIds(run) } }
      // The order of `_id` is that of the users, because all records are of one day. MongoDB sorts what it finds in the index of the
      // run: the index of `_id` holds the logs of all other runs and days too.
      const query = {
        projection: { outbox: 0 },
        sort: { _id: 1 },
        hint: ofRunIndex,
        allowDiskUse: true,
      } as const
      return streamOf(driverCollection(logs).find<KnownLog>(filter, query).batchSize(LOGS_PER_BATCH))
    },
    async recordWritten(written) {
      const { added = [], changed = [] } = Object.groupBy(written, ({ known }) =>
        known ? 'changed' : 'added',
      )
      const refused = await Promise.all([insert(logs, added), update(logs, changed)])
      return refused.flat()
    },
    async recordFailed(day, userId, run, error) {
      const never = { day, userId, revision: 0, completions: 0, sha256: null, writtenAt: null }
      const failure = { state: 'failed', error: boundedText(error.message) } as const
      const since = { failedAt: new Date() }
      const update = { $set: failure, $min: since, $addToSet: { runs: run }, $setOnInsert: never }
      await logs.updateOne({ _id: userLogId(day, userId) }, update, { upsert: true })
    },
    countWritten: run => count(run, 'written'),
    countFailed: run => count(run, 'failed'),
    newestFailed: limit =>
      logs.find({ state: 'failed' }, { outbox: 0 }).sort({ failedAt: -1 }).limit(limit).lean<KnownLog[]>(),
    countUnpublished: day => logs.countDocuments({ 'outbox.storedAt': { $exists: true }, day }),
    outbox: publish => embeddedOutbox(driverCollection(logs), publish),
  }
}

const outboxOf = (amended: DayAmended | undefined) => (amended === undefined ? [] : outboxEntries([amended]))

/** @returns the logs that another writer has recorded first */
async function insert<One extends WrittenLog>(logs: Model<UserLog>, added: One[]): Promise<One[]> {
  if (added.length === 0) return []
  const documents = added.map(({ next, amended }) =>
    amended ? { ...next, outbox: outboxOf(amended) } : next,
  )
  try {
    await driverCollection(logs).insertMany(documents, { ordered: false })
    return []
  } catch (error) {
    return duplicatesIn(error).flatMap(i => added[i] ?? [])
  }
}

const notFailed = { error: '', failedAt: '' } as const

/** @returns all logs if another writer has recorded one of them since it was read, because MongoDB does not say which one */
async function update<One extends WrittenLog>(logs: Model<UserLog>, changed: One[]): Promise<One[]> {
  if (changed.length === 0) return []
  const updates = changed.map(({ known, next: { _id, runs, ...fields }, amended }) => {
    // Adds to the outbox and to the runs and does not replace them: the relay may remove entries at the same time, and a writer for
    // the run of another time zone may leave the revision as it is.
    const push = amended === undefined ? {} : { $push: { outbox: { $each: outboxOf(amended) } } }
    const change = { $set: fields, $addToSet: { runs: { $each: runs } }, $unset: notFailed, ...push }
    return { updateOne: { filter: { _id, revision: known?.revision ?? 0 }, update: change } }
  })
  const { matchedCount } = await driverCollection(logs).bulkWrite(updates, { ordered: false })
  return matchedCount === changed.length ? [] : changed
}
