import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { type Derived, putNewer } from '@daybook/shared/mongo/put-newer'
import { streamOf } from '@daybook/shared/mongo/stream'
import type { Connection, Model } from 'mongoose'
import type { DayInZone } from '../run-id.ts'
import type { Completion, LoggedCompletion, TakenBack } from './completion.ts'
import { completionModel, type StoredCompletion } from './completion-model.ts'

/** The per-day projection of the task events. */
export interface Completions {
  /** Writes projected events, in any order. Writing an event again changes nothing. */
  apply: (documents: (Completion | TakenBack)[]) => Promise<void>
  /** All completions of a user on a day, in every time zone, in the order of completion. */
  ofUser: (userId: string, day: string) => Promise<Completion[]>
  /**
   * The completions of many users' days: those of one day after the other, each as `ofUser` returns them. Days without
   * completions are left out.
   */
  ofUserDays: (days: { userId: string; day: string }[]) => AsyncIterable<LoggedCompletion[]>
  /** The users with a completion on a day in a time zone, including users whose completions were all taken back. */
  users: (day: string, timeZone: string) => AsyncIterable<string>
  /** How many completions count on a day in a time zone, and how many users have one. */
  count: (day: string, timeZone: string) => Promise<{ users: number; completions: number }>
  /** @returns the given days on which at least one completion counts; sends one query for all of them */
  withCompletions: <One extends DayInZone>(days: One[]) => Promise<Set<One>>
}

export async function openCompletions(connection: Connection): Promise<Completions> {
  const completions = completionModel(connection)
  await createIndexes(completions)
  return {
    // The driver's collection: casting makes a write of many documents take four times the CPU time (npm run bench:models).
    apply: documents => putNewer(driverCollection(completions), newest(documents)),
    ofUser: (userId, day) =>
      completions
        .find({ userId, day, takenBack: false })
        .sort({ completedAt: 1, taskId: 1 })
        .lean<Completion[]>(),
    ofUserDays: days => ofUserDays(completions, days),
    users: (day, timeZone) => usersOf(completions, day, timeZone),
    count: (day, timeZone) => count(completions, day, timeZone),
    withCompletions: days => withCompletions(completions, days),
  }
}

const loggedFields = {
  _id: 0,
  userId: 1,
  day: 1,
  taskId: 1,
  timeZone: 1,
  name: 1,
  notes: 1,
  dueOn: 1,
  tags: 1,
  completedAt: 1,
} as const

/** Streams the completions in the order of an index, so that only one user's day is in memory. */
async function* ofUserDays(
  completions: Model<StoredCompletion>,
  days: { userId: string; day: string }[],
): AsyncGenerator<LoggedCompletion[]> {
  const $or = [...Map.groupBy(days, ({ day }) => day)].map(([day, users]) => ({
    userId: { $in: users.map(({ userId }) => userId) },
    day,
    takenBack: false as const,
  }))
  // The driver's cursor: it hands over whole batches, and Mongoose's takes twice the CPU time for a document.
  const found = driverCollection(completions)
    .find<LoggedCompletion>({ $or }, { projection: loggedFields, batchSize: 2000 })
    .sort({ userId: 1, day: 1 })
    .hint("a user's day")
  let ofDay: LoggedCompletion[] = []
  try {
    while (await found.hasNext()) {
      for (const completion of found.readBufferedDocuments()) {
        const [first = completion] = ofDay
        if (first.userId !== completion.userId || first.day !== completion.day) {
          yield ofDay.sort(inOrder)
          ofDay = []
        }
        ofDay.push(completion)
      }
    }
    if (ofDay.length > 0) yield ofDay.sort(inOrder)
  } finally {
    await found.close()
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The order of `ofUser`. */
const inOrder = (a: LoggedCompletion, b: LoggedCompletion) =>
  compare(a.completedAt, b.completedAt) || compare(a.taskId, b.taskId)

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

async function count(completions: Model<StoredCompletion>, day: string, timeZone: string) {
  const [counts] = await completions
    .aggregate<{ users: number; completions: number }>([
      { $match: { day, timeZone, takenBack: false } },
      { $group: { _id: '$userId', completions: { $sum: 1 } } },
      { $group: { _id: null, users: { $sum: 1 }, completions: { $sum: '$completions' } } },
      { $project: { _id: 0 } },
    ])
    .allowDiskUse(true)
  return counts ?? { users: 0, completions: 0 }
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
