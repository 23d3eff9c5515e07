import type { TaskEventOf } from '@daybook/shared/events'
import { collectionOf } from '@daybook/shared/mongo'
import { type Derived, putNewer } from '@daybook/shared/put-newer'
import type { Connection } from 'mongoose'

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
  /** The users with completions of that day in that time zone, and how many each. */
  users: (day: string, timeZone: string) => AsyncIterable<{ _id: string; completions: number }>
}

export async function openCompletions(connection: Connection): Promise<Completions> {
  const completions = collectionOf<Completion | TakenBack>(connection, 'completions')
  await completions.createIndexes([
    { key: { userId: 1, day: 1 }, name: "a user's day" },
    { key: { day: 1, timeZone: 1, userId: 1 }, name: 'users of a day' },
  ])
  return {
    apply: documents => putNewer(completions, newest(documents)),
    async ofUser(userId, day) {
      const found = completions.find({ userId, day, takenBack: false }).sort({ completedAt: 1, taskId: 1 })
      return (await found.toArray()) as Completion[]
    },
    users: (day, timeZone) =>
      completions.aggregate<{ _id: string; completions: number }>([
        { $match: { day, timeZone, takenBack: false } },
        { $group: { _id: '$userId', completions: { $sum: 1 } } },
      ]),
  }
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
