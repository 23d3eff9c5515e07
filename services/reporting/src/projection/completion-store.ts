import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { type Derived, putNewer } from '@daybook/shared/mongo/put-newer'
import { streamOf } from '@daybook/shared/mongo/stream'
import type { Connection, Model } from 'mongoose'
import type { DayInZone } from '../run-id.ts'
import type { Completion, TakenBack } from './completion.ts'
import { completionModel, type StoredCompletion } from './completion-model.ts'

/** The per-day projection of the task events. */
export interface Completions {
  /** Writes projected events, in any order. Writing an event again changes nothing. */
  apply: (documents: (Completion | TakenBack)[]) => Promise<void>
  /** All completions of a user on a day, in every time zone, in the order of completion. */
  ofUser: (userId: string, day: string) => Promise<Completion[]>
  /** The users with a completion on a day in a time zone, including users whose completions were all taken back. */
  users: (day: string, timeZone: string) => AsyncIterable<UserCount>
  /** @returns the given days on which at least one completion counts; sends one query for all of them */
  withCompletions: <One extends DayInZone>(days: One[]) => Promise<Set<One>>
}

/** A user of a day, and how many of the user's completions count: 0 when all were taken back. */
export interface UserCount {
  userId: string
  completions: number
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
    users: (day, timeZone) => usersOf(completions, day, timeZone),
    withCompletions: days => withCompletions(completions, days),
  }
}

/**
 * Streams the users in the order of an index that contains all fields read, because a day may have millions of completions.
 */
async function* usersOf(
  completions: Model<StoredCompletion>,
  day: string,
  timeZone: string,
): AsyncGenerator<UserCount> {
  const projection = { _id: 0, userId: 1, takenBack: 1 }
  const found = completions.find({ day, timeZone }, projection).sort({ userId: 1 }).lean().cursor()
  let user: UserCount | undefined
  for await (const { userId, takenBack } of streamOf(found)) {
    if (user?.userId !== userId) {
      if (user !== undefined) yield user
      user = { userId, completions: 0 }
    }
    if (!takenBack) user.completions += 1
  }
  if (user !== undefined) yield user
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
