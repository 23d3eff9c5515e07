import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { type Derived, putNewer } from '@daybook/shared/mongo/put-newer'
import { type PageQuery, readPage } from '@daybook/shared/mongo/read-page'
import { streamOf } from '@daybook/shared/mongo/stream'
import type { Connection, Model, mongo } from 'mongoose'
import type { DayInZone } from '../run-id.ts'
import {
  type Completion,
  type DetailedCompletion,
  inOrder,
  type LoggedCompletion,
  type TakenBack,
} from './completion.ts'
import { completionModel, LIVE, type StoredCompletion } from './completion-model.ts'
import { daysOf, eraseTasks } from './erased-completions-store.ts'
import type { ErasedTask } from './read-events.ts'

/** A day of a user. */
export interface DayOfUser {
  userId: string
  day: string
}

/** The event from which a document was made. */
export type Origin = Pick<StoredCompletion, 'version' | 'at'>

/** Gets a day that has too many completions to be read along with others. */
export type LeaveLarge = (day: DayOfUser) => void

/** The per-day projection of the task events. */
export interface Completions {
  /** Writes projected events, in any order. Writing an event again changes nothing. */
  apply: (documents: (Completion | TakenBack)[]) => Promise<void>
  /** Erases the text of the completions of tasks, see `erasedText`. May be repeated. */
  eraseTasks: (tasks: ErasedTask[]) => Promise<void>
  /** The days on which a completion of a user counts, in each time zone. */
  daysOf: (userId: string) => Promise<DayInZone[]>
  /** What is stored under the given ids: from which version of the task, and where its event was read. */
  origins: (ids: string[]) => Promise<Map<string, Origin>>
  /** All completions of a user on a day, in every time zone, in the order of completion. */
  ofUser: (userId: string, day: string) => Promise<Completion[]>
  /**
   * The completions of many users' days: those of one day after the other, each in the order of `ofUser`. Days without
   * completions are left out.
   * @param leave gets each day with 2,500 completions or more, which is then left out and not read as a whole
   */
  ofUserDays: (days: DayOfUser[], leave?: LeaveLarge) => AsyncIterable<LoggedCompletion[]>
  /** The same with the details that task files contain. */
  inDetail: (days: DayOfUser[], leave?: LeaveLarge) => AsyncIterable<DetailedCompletion[]>
  /** Those of many users' days that have a completion. MongoDB looks, and sends no completions. */
  nonEmpty: (days: DayOfUser[]) => Promise<DayOfUser[]>
  /** The users with a completion on a day in a time zone, including users whose completions were all taken back. */
  users: (day: string, timeZone: string) => AsyncIterable<string>
  /** The time zones of the completions of a day, including those that were taken back. */
  zones: (day: string) => Promise<string[]>
  /** How many completions count on a day in a time zone, and how many users have one. */
  count: (day: string, timeZone: string) => Promise<{ users: number; completions: number }>
  /** @returns the given days on which at least one completion counts; sends one query for all of them */
  withCompletions: <One extends DayInZone>(days: One[]) => Promise<Set<One>>
}

/** @param collection the live completions by default */
export async function openCompletions(connection: Connection, collection = LIVE): Promise<Completions> {
  const completions = completionModel(connection, collection)
  await createIndexes(completions)
  // For queries that only find completions that were not taken back.
  const counting = completions as unknown as Model<Completion>
  return {
    // The driver's collection: casting makes a write of many documents take four times the CPU time (npm run bench:models).
    apply: documents => putNewer(driverCollection(completions), newest(documents)),
    eraseTasks: tasks => eraseTasks(completions, tasks),
    daysOf: userId => daysOf(completions, userId),
    origins: ids => originsOf(completions, ids),
    ofUser: (userId, day) =>
      completions
        .find({ userId, day, takenBack: false })
        .sort({ completedAt: 1, taskId: 1 })
        .lean<Completion[]>(),
    ofUserDays: (days, leave) => ofUserDays(counting, days, { projection: logged, leave }),
    inDetail: (days, leave) => ofUserDays(counting, days, { projection: detailed, leave }),
    nonEmpty: days => nonEmpty(counting, days),
    users: (day, timeZone) => usersOf(completions, day, timeZone),
    // From an index, in which MongoDB skips from one time zone to the next.
    zones: async day => (await completions.distinct('timeZone', { day })) as string[],
    count: (day, timeZone) => count(completions, day, timeZone),
    withCompletions: days => withCompletions(completions, days),
  }
}

const logged = { _id: 0, userId: 1, day: 1, timeZone: 1, taskId: 1, name: 1, completedAt: 1 } as const
const detailed = { ...logged, notes: 1, dueOn: 1, tags: 1 } as const

// How many completions are in memory at once: more only for a day that has more.
const PAGE = 2500

const keyOf = ({ userId, day }: DayOfUser) => `${day}/${userId}`

type Projection = PageQuery<Completion>['projection']

/** Reads the completions page by page, in the order of an index. */
async function* ofUserDays<Read extends LoggedCompletion>(
  completions: Model<Completion>,
  days: DayOfUser[],
  { projection, leave }: { projection: Projection; leave: LeaveLarge | undefined },
): AsyncGenerator<Read[]> {
  const left = new Map(days.map(one => [keyOf(one), one]))
  const query = { projection, sort: { userId: 1, day: 1 }, hint: "a user's day", limit: PAGE } as const
  while (left.size > 0) {
    const filter = ofDays([...left.values()])
    const { documents, mayHaveMore } = await readPage<Completion, Read>(completions, { ...query, filter })
    const found = Map.groupBy(documents, keyOf)
    const last = documents.at(-1)
    if (last !== undefined && mayHaveMore) {
      // The last day may continue on the next page. A day that fills a page is read alone, or left.
      found.delete(keyOf(last))
      if (found.size === 0) {
        left.delete(keyOf(last))
        if (leave === undefined) found.set(keyOf(last), await allOf<Read>(completions, last, projection))
        else leave({ userId: last.userId, day: last.day })
      }
    }
    for (const [key, ofDay] of found) {
      left.delete(key)
      yield ofDay.sort(inOrder)
    }
    if (!mayHaveMore) return
  }
}

const allOf = <Read extends LoggedCompletion>(
  completions: Model<Completion>,
  day: DayOfUser,
  projection: Projection,
) =>
  driverCollection(completions)
    .find<Read>(ofDays([day]), { projection })
    .toArray()

function ofDays(days: DayOfUser[]): mongo.Filter<Completion> {
  const $or = [...Map.groupBy(days, ({ day }) => day)].map(([day, users]) => ({
    userId: { $in: users.map(({ userId }) => userId) },
    day,
    takenBack: false as const,
  }))
  return { $or }
}

async function originsOf(completions: Model<StoredCompletion>, ids: string[]): Promise<Map<string, Origin>> {
  const found = driverCollection(completions).find<Origin & { _id: string }>(
    { _id: { $in: ids } },
    { projection: { version: 1, at: 1 } },
  )
  return new Map((await found.toArray()).map(({ _id, ...origin }) => [_id, origin]))
}

async function nonEmpty(completions: Model<Completion>, days: DayOfUser[]): Promise<DayOfUser[]> {
  if (days.length === 0) return []
  const day = { userId: '$userId', day: '$day' }
  const found = driverCollection(completions).aggregate<{ _id: DayOfUser }>(
    [{ $match: ofDays(days) }, { $group: { _id: day } }],
    { hint: "a user's day" },
  )
  return (await found.toArray()).map(({ _id }) => _id)
}

/** Streams the users from an index, in which MongoDB skips from one user to the next: a day may have millions of completions. */
async function* usersOf(
  completions: Model<StoredCompletion>,
  day: string,
  timeZone: string,
): AsyncGenerator<string> {
  const found = completions
    .aggregate<{ _id: string }>([{ $match: { day, timeZone } }, { $group: { _id: '$userId' } }])
    .allowDiskUse(true)
    .cursor()
  for await (const { _id } of streamOf(found)) yield _id
}

/** Counts both from an index. One aggregation that counts the completions of each user takes half as long again. */
async function count(completions: Model<StoredCompletion>, day: string, timeZone: string) {
  const counting = { day, timeZone, takenBack: false } as const
  const [counted, [found]] = await Promise.all([
    completions.countDocuments(counting),
    completions.aggregate<{ users: number }>([
      { $match: counting },
      { $group: { _id: '$userId' } },
      { $count: 'users' },
    ]),
  ])
  return { users: found?.users ?? 0, completions: counted }
}

async function withCompletions<One extends DayInZone>(
  completions: Model<StoredCompletion>,
  days: One[],
): Promise<Set<One>> {
  const asked = days.map(({ day, timeZone }, place) => ({ place, day, timeZone }))
  const sameDay = [{ $eq: ['$day', '$$day'] }, { $eq: ['$timeZone', '$$timeZone'] }]
  const first = [{ $match: { $expr: { $and: sameDay }, takenBack: false } }, { $limit: 1 }]
  const lookup = {
    from: completions.collection.name,
    let: { day: '$day', timeZone: '$timeZone' },
    pipeline: first,
    as: 'found',
  }
  // `$documents` is an aggregation on a database. The driver sends it, because Mongoose's Connection.aggregate uses the
  // default database of the connection string, even if the connection has another database.
  const connection = completions.db
  const found = connection
    .getClient()
    .db(connection.name)
    .aggregate<{ place: number }>([
      { $documents: { $literal: asked } },
      { $lookup: lookup },
      { $match: { found: { $ne: [] } } },
      { $project: { place: 1 } },
    ])
  return new Set((await found.toArray()).map(({ place }) => days[place] as One))
}

/** Keeps the newest document of each id: a batch often holds several events of a task. */
function newest<T extends Derived>(documents: T[]): T[] {
  const byId = new Map<string, T>()
  for (const document of documents) {
    const other = byId.get(document._id)
    if (other === undefined || other.version < document.version) byId.set(document._id, document)
  }
  return [...byId.values()]
}
