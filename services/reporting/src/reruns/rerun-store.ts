import { traced } from '@daybook/shared/events'
import { type Offsets, offsetsToJson } from '@daybook/shared/kafka'
import { createIndexes } from '@daybook/shared/mongo/model'
import type { Connection, QueryFilter } from 'mongoose'
import { v7 as uuidv7 } from 'uuid'
import type { Leases } from '../leases/lease.ts'
import { leasedSteps, noLease } from '../leases/leased-store.ts'
import { type DayInZone, dayInZone, runId, storedRunIds } from '../run-id.ts'
import { type DayResult, type Rerun, type RerunDay, rerunDayModel, rerunModel } from './rerun-model.ts'

/** The most days in time zones of one rerun. */
export const MAX_DAYS = 1000

// How many days of all users are begun at once, so that their log requests do not hold up those of today's runs for long.
const MAX_BEGUN = 8
// How many reruns are advanced at once, oldest first. The others wait.
const MAX_RUNNING = 1000

/** What an operator orders. */
export interface Order extends Pick<Rerun, 'from' | 'to' | 'userId' | 'onlyFailed' | 'by'> {
  days: DayInZone[]
  traceparent?: string
}

/** Which reruns a list has. */
interface WantedReruns {
  before?: string | undefined
  limit: number
}

/** The log requests of a day that were sent again. */
export interface SentAgain {
  requests: number
  sentAt: Date
  start: Offsets
  end: Offsets
}

/**
 * The stored reruns. An operation that advances a day gets the day as it was read. If the day is still so, the operation
 * changes it, ends its lease, and returns true. Otherwise it changes nothing and returns false.
 */
export interface Reruns extends Leases<RerunDay> {
  /** Stores an order. */
  add: (order: Order) => Promise<Rerun>
  find: (id: string) => Promise<Rerun | undefined>
  /** The days of a rerun, by day and time zone. */
  daysOf: (id: string) => Promise<RerunDay[]>
  findAll: (ids: string[]) => Promise<Map<string, Rerun>>
  /** Lists reruns whose id is less than `before`, newest first. */
  list: (wanted: WantedReruns) => Promise<Rerun[]>
  /** Lists the parts that such reruns have in the logs of a run, newest rerun first. */
  daysOfRun: (run: string, wanted: WantedReruns) => Promise<RerunDay[]>
  /** Those of some reruns that are done. */
  doneAmong: (ids: readonly string[]) => Promise<string[]>
  /** The ids of the reruns that are not done, oldest first. */
  unfinished: () => Promise<string[]>
  /**
   * Those days of some reruns that are to be advanced now: all that have begun, all that are about a single user, and of the
   * others as many, oldest order first, that `MAX_BEGUN` of them are begun at once.
   */
  inHand: (reruns: string[]) => Promise<RerunDay[]>
  /**
   * The reruns that are not done, and have not advanced since an instant. One that has not begun because others have their turn is
   * not among them.
   */
  overdue: (before: Date) => Promise<Rerun[]>
  follow: (read: RerunDay) => Promise<boolean>
  recordSent: (read: RerunDay, sent: SentAgain) => Promise<boolean>
  /** Lets the requests of a day be sent once more. */
  forgetRequests: (read: RerunDay) => Promise<boolean>
  finishDay: (read: RerunDay, result: DayResult) => Promise<boolean>
  /** Marks a rerun as done if all its days are. */
  finish: (id: string) => Promise<boolean>
  /** Ends all leases of an owner, so that no other process has to wait until they expire. */
  release: (owner: string) => Promise<void>
}

const absent = { $exists: false } as const
const notDone = { state: { $ne: 'done' } } as const

/** The filter for a day that no process has advanced since it was read. */
const asRead = ({ _id, state, requestsEnd }: RerunDay): QueryFilter<RerunDay> => ({
  _id,
  state,
  requestsEnd: requestsEnd ?? absent,
})

export async function openReruns(connection: Connection): Promise<Reruns> {
  const [reruns, days] = [rerunModel(connection), rerunDayModel(connection)]
  await Promise.all([createIndexes(reruns), createIndexes(days)])

  const { advance, lease } = leasedSteps(days, asRead)

  /** Records that a rerun has its turn, before its first day is changed. */
  async function begin({ rerun }: RerunDay): Promise<void> {
    const now = new Date()
    const first = { _id: rerun, begunAt: absent }
    await reruns.updateOne(first, { $set: { begunAt: now }, $max: { advancedAt: now } })
  }

  async function unfinished(): Promise<string[]> {
    const found = await reruns
      .find({ state: 'running' }, { _id: 1 })
      .sort({ _id: 1 })
      .limit(MAX_RUNNING)
      .lean<Rerun[]>()
    return found.map(({ _id }) => _id)
  }

  async function inHand(running: string[]): Promise<RerunDay[]> {
    const rerun = { $in: running }
    const first: QueryFilter<RerunDay> = {
      $or: [{ state: { $in: ['following', 'writing'] } }, { userId: { $exists: true } }],
    }
    const begun = await days
      .find({ rerun, ...notDone, ...first })
      .sort({ _id: 1 })
      .limit(MAX_DAYS)
      .lean<RerunDay[]>()
    const room = MAX_BEGUN - begun.filter(({ userId }) => userId === undefined).length
    if (room <= 0) return begun
    const waiting = { rerun, state: 'waiting', userId: absent } as const
    return [...begun, ...(await days.find(waiting).sort({ _id: 1 }).limit(room).lean<RerunDay[]>())]
  }

  /** The ids of the reruns that should have begun: it is their turn, and no other one has advanced since an instant. */
  async function notBegun(before: Date): Promise<Set<string>> {
    const isAdvancing = { begunAt: { $exists: true }, advancedAt: { $gte: before } }
    if ((await reruns.exists(isAdvancing)) !== null) return new Set()
    return new Set((await inHand(await unfinished())).map(({ rerun }) => rerun))
  }

  return {
    async add({ days: wanted, traceparent, ...order }) {
      const [_id, createdAt] = [uuidv7(), new Date()]
      const { userId, onlyFailed } = order
      const ofDays = wanted.map(({ day, timeZone }) => ({
        ...{ _id: `${_id}/${runId(day, timeZone)}`, rerun: _id, day, timeZone, createdAt },
        ...(userId === undefined ? {} : { userId }),
        ...(onlyFailed ? { onlyFailed } : {}),
        ...traced(traceparent),
        state: 'waiting' as const,
      }))
      const rerun: Rerun = {
        _id,
        ...order,
        state: 'running',
        days: wanted.length,
        createdAt,
        advancedAt: createdAt,
      }
      // The days come first: without their rerun, nobody reads them.
      if (ofDays.length > 0) await days.insertMany(ofDays)
      await reruns.create(rerun)
      return rerun
    },
    find: async id => (await reruns.findById(id).lean<Rerun>()) ?? undefined,
    daysOf: rerun => days.find({ rerun }).sort({ _id: 1 }).lean<RerunDay[]>(),
    async findAll(ids) {
      const found = await reruns.find({ _id: { $in: ids } }).lean<Rerun[]>()
      return new Map(found.map(one => [one._id, one]))
    },
    list: ({ before, limit }) =>
      reruns
        .find(before === undefined ? {} : { _id: { $lt: before } })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<Rerun[]>(),
    daysOfRun(run, { before, limit }) {
      const { day } = dayInZone(run)
      const timeZone = { $in: storedRunIds(run).map(id => dayInZone(id).timeZone) }
      return days
        .find({ day, timeZone, ...(before === undefined ? {} : { rerun: { $lt: before } }) })
        .sort({ rerun: -1 })
        .limit(limit)
        .lean<RerunDay[]>()
    },
    async doneAmong(ids) {
      const running = await reruns.find({ _id: { $in: ids }, state: 'running' }, { _id: 1 }).lean<Rerun[]>()
      const left = new Set(running.map(({ _id }) => _id))
      return ids.filter(id => !left.has(id))
    },
    unfinished,
    inHand,
    async overdue(before) {
      const late = await reruns.find({ state: 'running', advancedAt: { $lt: before } }).lean<Rerun[]>()
      if (late.every(({ begunAt }) => begunAt !== undefined)) return late
      const due = await notBegun(before)
      return late.filter(({ _id, begunAt }) => begunAt !== undefined || due.has(_id))
    },
    lease,
    async follow(read) {
      await begin(read)
      return advance(read, { $set: { state: 'following' } })
    },
    async recordSent(read, { requests, sentAt, start, end }) {
      await begin(read)
      return advance(read, {
        $set: {
          ...{ state: 'writing', requests, sentAt },
          ...{ requestsStart: offsetsToJson(start), requestsEnd: offsetsToJson(end) },
        },
      })
    },
    forgetRequests: read =>
      advance(read, {
        $set: { state: 'waiting' },
        $unset: { requests: '', sentAt: '', requestsStart: '', requestsEnd: '' },
      }),
    async finishDay(read, result) {
      const doneAt = new Date()
      if (!(await advance(read, { $set: { state: 'done', result, doneAt } }))) return false
      await reruns.updateOne({ _id: read.rerun }, { $max: { advancedAt: doneAt }, $min: { begunAt: doneAt } })
      return true
    },
    async finish(_id) {
      if ((await days.exists({ rerun: _id, ...notDone })) !== null) return false
      const done = { $set: { state: 'done', doneAt: new Date() } } as const
      return (await reruns.updateOne({ _id, state: 'running' }, done)).matchedCount === 1
    },
    async release(leaseOwner) {
      const running = (await reruns.find({ state: 'running' }, { _id: 1 }).lean<Rerun[]>()).map(
        ({ _id }) => _id,
      )
      await days.updateMany({ rerun: { $in: running }, leaseOwner }, { $unset: noLease })
    },
  }
}
