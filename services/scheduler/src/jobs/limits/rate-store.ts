import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import type { Connection } from 'mongoose'
import { rateModel, type StoredRate } from './rate-model.ts'
import { FAILING_AFTER, type RateState } from './start-intervals.ts'

/** The stored rates of kinds and shared limits, by id. */
export interface RateStore {
  read: (ids: readonly string[]) => Promise<Map<string, RateState>>
  /**
   * Takes start intervals of several rates.
   * @returns false when somebody else has taken intervals of one of them since it was read: nothing may start then. Intervals
   * of other rates may be taken and stay unused.
   */
  take: (changes: readonly { id: string; before: RateState; after: RateState }[]) => Promise<boolean>
  /** Closes a rate until an instant, unless it is closed for longer. */
  pause: (id: string, until: number) => Promise<void>
  /** Adds to the failures in a row. @param probeFrom replaces the stored one */
  fail: (id: string, failures: number, probeFrom: number) => Promise<void>
  /** Ends a row of failures. */
  succeed: (id: string) => Promise<void>
  /** The ids of rates whose kinds are failing, of some or of all. */
  failing: (ids?: readonly string[]) => Promise<string[]>
}

export function rateStore(connection: Connection): RateStore {
  const rates = rateModel(connection)
  return {
    async read(ids) {
      const found = await rates.find({ _id: { $in: [...ids] } }).lean<StoredRate[]>()
      return new Map(found.map(({ _id, ...state }) => [_id, state]))
    },
    async take(changes) {
      for (const { id, before, after } of changes) {
        const asRead = { _id: id, tat: before.tat ?? { $exists: false } }
        try {
          const isNew = before.tat === undefined
          const { matchedCount, upsertedCount } = await rates.updateOne(
            asRead,
            { $set: { tat: after.tat } },
            { upsert: isNew },
          )
          if (matchedCount + upsertedCount === 0) return false
        } catch (error) {
          if (isDuplicateKey(error)) return false
          throw error
        }
      }
      return true
    },
    async pause(id, until) {
      await upsert(() => rates.updateOne({ _id: id }, { $max: { pausedUntil: until } }, { upsert: true }))
    },
    async fail(id, failures, probeFrom) {
      const update = { $inc: { failures }, $set: { probeFrom } }
      await upsert(() => rates.updateOne({ _id: id }, update, { upsert: true }))
    },
    async succeed(id) {
      await rates.updateOne({ _id: id, failures: { $gt: 0 } }, { $set: { failures: 0 } })
    },
    async failing(ids) {
      const some = ids === undefined ? {} : { _id: { $in: [...ids] } }
      const found = await rates.find({ ...some, failures: { $gte: FAILING_AFTER } }, { _id: 1 }).lean()
      return found.map(({ _id }) => _id)
    },
  }
}

/** Runs an upsert, and once more if another process has inserted the document at the same moment. */
async function upsert(write: () => PromiseLike<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    await write()
  }
}
