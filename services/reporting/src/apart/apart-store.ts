import { letterId } from '@daybook/shared/dead-letters/dead-letter-store'
import { openLetterContents } from '@daybook/shared/dead-letters/letter-content-store'
import { boundedText } from '@daybook/shared/failures/bounded-text'
import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import type { SetApart } from '../logs/log-writer.ts'
import { userLogId } from '../logs/user-log-store.ts'
import { currentRunId, runId } from '../run-id.ts'
import { apartModel, type StoredApart, type WhyApart } from './apart-model.ts'
import { firstAttempt } from './attempts.ts'

/** A request in the hands of a process. */
export interface HeldRequest extends Pick<SetApart, 'group' | 'message' | 'request'> {
  id: string
  /** How many attempts have failed. */
  attempts: number
}

/** How the next attempt to write a log stands. */
export interface Retrying {
  attempts: number
  error: string
}

/** How long a process holds a log without renewing, in milliseconds. */
export const APART_LEASE_MS = 10_000

/** The log requests that are done apart. A process holds all requests of a log under a lease. */
export interface LogsApart {
  /** Stores requests. Storing one again changes nothing. */
  add: (requests: SetApart[]) => Promise<void>
  /** Takes the log that is due first, with all requests for it that no other process holds. Empty when no log is due. */
  take: (why: WhyApart, owner: string) => Promise<HeldRequest[]>
  /** When the next log is due; undefined when no log is left. */
  nextDue: (why: WhyApart) => Promise<Date | undefined>
  /** Renews the lease of all that an owner holds. */
  renew: (owner: string) => Promise<void>
  /** Counts a failed attempt of requests that the owner still holds, and gives them back until the next attempt is due. */
  fail: (held: HeldRequest[], owner: string, failure: { error: Error; dueAt: Date }) => Promise<void>
  /** Removes requests whose log is recorded. */
  remove: (held: HeldRequest[]) => Promise<void>
  /** Removes requests whose messages are dead letters now, which share the stored contents. */
  removeParked: (held: HeldRequest[]) => Promise<void>
  /** The ids of the runs of which requests are left that the run itself has sent. */
  runs: () => Promise<Set<string>>
  /** The failed attempts of a log that is to be tried again. */
  retrying: (log: string) => Promise<Retrying | undefined>
  count: (why: WhyApart) => Promise<number>
  /** How many requests for logs of a day are left. */
  countOfDay: (day: string) => Promise<number>
}

export async function openLogsApart(connection: Connection): Promise<LogsApart> {
  const model = apartModel(connection)
  await createIndexes(model)
  // The driver's collection, because the request and the bytes of the message are stored as they are.
  const stored = driverCollection(model)
  const contents = openLetterContents(connection)

  async function documentOf({ group, message, request, error }: SetApart): Promise<StoredApart> {
    const { topic, partition, offset, timestamp, key, headers, value } = message
    const _id = letterId({ group, topic, partition }, offset)
    const { day, timeZone, userId, late } = request
    const place = { group, topic, partition, offset: String(offset), timestamp }
    const content = await contents.store(_id, { key, headers, value })
    const log = userLogId(day, userId)
    const run = runId(day, timeZone)
    const failure = error === undefined ? { attempts: 0 } : { attempts: 1, error: boundedText(error.message) }
    const why = error === undefined ? 'large' : 'failed'
    return { _id, ...place, ...content, log, run, late, request, why, ...failure, dueAt: firstAttempt(error) }
  }

  async function heldOf(one: StoredApart): Promise<HeldRequest> {
    const { _id: id, group, topic, partition, offset, timestamp, request, attempts } = one
    const message = { topic, partition, offset: BigInt(offset), timestamp, ...(await contents.read(one)) }
    return { id, group, message, request, attempts }
  }

  return {
    async add(requests) {
      for (const one of requests) {
        const { _id, ...document } = await documentOf(one)
        await stored.updateOne({ _id }, { $setOnInsert: document }, { upsert: true })
      }
    },
    async take(why, owner) {
      const now = new Date()
      const lease = { $set: { owner, dueAt: new Date(now.getTime() + APART_LEASE_MS) } }
      const due = { why, dueAt: { $lte: now } }
      const first = await stored.findOneAndUpdate(due, lease, { sort: { dueAt: 1 } })
      if (first === null) return []
      const { log } = first
      const free = [{ owner: { $exists: false } }, { dueAt: { $lte: now } }]
      await stored.updateMany({ log, $or: free }, lease)
      return Promise.all((await stored.find({ log, owner }).toArray()).map(heldOf))
    },
    async nextDue(why) {
      return (await stored.findOne({ why }, { sort: { dueAt: 1 }, projection: { dueAt: 1 } }))?.dueAt
    },
    async renew(owner) {
      await stored.updateMany({ owner }, { $set: { dueAt: new Date(Date.now() + APART_LEASE_MS) } })
    },
    async fail(held, owner, { error, dueAt }) {
      const change = { $inc: { attempts: 1 }, $set: { error: boundedText(error.message), dueAt } }
      await stored.updateMany({ ...these(held), owner }, { ...change, $unset: { owner: '' } })
    },
    async remove(held) {
      const found = await stored.find(these(held), { projection: { chunks: 1 } }).toArray()
      await stored.deleteMany(these(held))
      await contents.remove(found)
    },
    async removeParked(held) {
      await stored.deleteMany(these(held))
    },
    async runs() {
      return new Set((await stored.distinct('run', { late: false })).map(currentRunId))
    },
    async retrying(log) {
      const failed = { log, attempts: { $gt: 0 } }
      const found = await stored.findOne(failed, {
        sort: { attempts: -1 },
        projection: { attempts: 1, error: 1 },
      })
      return found === null ? undefined : { attempts: found.attempts, error: found.error ?? '' }
    },
    count: why => stored.countDocuments({ why }),
    countOfDay: day => stored.countDocuments({ log: beginningWith(`${day}/`) }),
  }
}

const these = (held: HeldRequest[]) => ({ _id: { $in: held.map(({ id }) => id) } })
