import type { TaskEventOf } from '@daybook/shared/events'
import { collectionOf } from '@daybook/shared/mongo/connect-mongo'
import { type Derived, putNewer } from '@daybook/shared/mongo/put-newer'
import type { Connection, mongo } from 'mongoose'
import type { DayInZone } from '../run-id.ts'

/** A task completed on a day. `_id` is `<day>:<taskId>`: a task counts once on a day. */
export interface Completion extends Derived {
  day: string
  timeZone: string
  userId: string
  taskId: string
  takenBack: false
  name: string
  notes: string | null
  dueOn: string | null
  tags: string[]
  /** RFC 3339 in UTC; the task's updatedAt as well, completing being its last change. */
  completedAt: string
}

/** What is left of a completion that was taken back: it keeps an older event from bringing it in again. */
export interface TakenBack extends Derived {
  day: string
  timeZone: string
  userId: string
  taskId: string
  takenBack: true
}

/** What the projection is made from; it passes over the other events of a task. */
export type ProjectedEvent = TaskEventOf<'TaskCompleted'> | TaskEventOf<'TaskReopened'>

/**
 * What an event says about a day.
 * @returns the document to write, or undefined when the day stays as it was
 */
export function project({ type, data }: ProjectedEvent): Completion | TakenBack | undefined {
  const { taskId, userId, sequence: version, timeZone } = data
  if (type === 'TaskCompleted') {
    const { day, name, notes, dueOn, tags, completedAt } = data
    const what = { name, notes, dueOn, tags, completedAt }
    return { _id: `${day}:${taskId}`, version, day, timeZone, userId, taskId, takenBack: false, ...what }
  }
  if (!data.takenBack) return undefined
  const day = data.completedDay
  return { _id: `${day}:${taskId}`, version, day, timeZone, userId, taskId, takenBack: true }
}

/** The per-day projection of the task events. */
export interface Completions {
  /** Applies events, in any order, each as often as it comes. */
  apply: (documents: (Completion | TakenBack)[]) => Promise<void>
  /** All that a user completed on a day, wherever they were, in the order of completion. */
  ofUser: (userId: string, day: string) => Promise<Completion[]>
  /** Everyone of whom something was completed on that day in that time zone, and how much of it still counts. */
  users: (day: string, timeZone: string) => AsyncIterable<UserCount>
  /** @returns which of these days, each in a time zone, have a completion that counts; one query asks for all */
  among: <One extends DayInZone>(days: One[]) => Promise<Set<One>>
}

/** A user of a day; `completions` is 0 when all was taken back. */
export interface UserCount {
  userId: string
  completions: number
}

const COLLECTION = 'completions'

export async function openCompletions(connection: Connection): Promise<Completions> {
  const completions = collectionOf<Completion | TakenBack>(connection, COLLECTION)
  await completions.createIndexes([
    { key: { userId: 1, day: 1 }, name: "a user's day" },
    { key: { day: 1, timeZone: 1, userId: 1, takenBack: 1 }, name: 'users of a day' },
  ])
  return {
    apply: documents => putNewer(completions, newest(documents)),
    async ofUser(userId, day) {
      const found = completions.find({ userId, day, takenBack: false }).sort({ completedAt: 1, taskId: 1 })
      return (await found.toArray()) as Completion[]
    },
    users: (day, timeZone) => usersOf(completions, day, timeZone),
    among: days => among(connection, days),
  }
}

/** Read in the order of an index that holds all of it, as it comes: a day may have millions of completions. */
async function* usersOf(
  completions: mongo.Collection<Completion | TakenBack>,
  day: string,
  timeZone: string,
): AsyncGenerator<UserCount> {
  const projection = { _id: 0, userId: 1, takenBack: 1 }
  let user: UserCount | undefined
  for await (const { userId, takenBack } of completions
    .find({ day, timeZone }, { projection })
    .sort({ userId: 1 })) {
    if (user?.userId !== userId) {
      if (user !== undefined) yield user
      user = { userId, completions: 0 }
    }
    if (!takenBack) user.completions += 1
  }
  if (user !== undefined) yield user
}

async function among<One extends DayInZone>(connection: Connection, days: One[]): Promise<Set<One>> {
  const asked = days.map(({ day, timeZone }, place) => ({ place, day, timeZone }))
  const sameDay = [{ $eq: ['$day', '$$day'] }, { $eq: ['$timeZone', '$$timeZone'] }]
  const first = [{ $match: { $expr: { $and: sameDay }, takenBack: false } }, { $limit: 1 }]
  const lookup = {
    from: COLLECTION,
    let: { day: '$day', timeZone: '$timeZone' },
    pipeline: first,
    as: 'found',
  }
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

/** One document for each id, its newest: a batch often holds several events of a task. */
function newest<T extends Derived>(documents: T[]): T[] {
  const byId = new Map<string, T>()
  for (const document of documents) {
    const other = byId.get(document._id)
    if (other === undefined || other.version < document.version) byId.set(document._id, document)
  }
  return [...byId.values()]
}
