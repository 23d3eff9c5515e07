import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection, mongo } from 'mongoose'
import { taskModel } from '../view/task-model.ts'
import { eventModel, type StoredEvent } from './event-model.ts'

/** A part of the event store. */
export interface Part {
  /** Only the events of this user's tasks, as the view has them. */
  userId?: string | undefined
  /** Only the events that happened on this date in UTC. */
  day?: string | undefined
}

/** Some ids of the collection `events`. */
export interface IdPage {
  /** In the order of ids. It is that of tasks, and within a task that of texts, in which 10 comes before 2. */
  ids: string[]
  /** The place after which the next page begins; undefined after the last one. */
  through: string | undefined
}

/** The ids of stored events, in pages of bounded size. A page of a whole store needs only the index of ids. */
export interface StoredIds {
  /** @param after the place of the page before; an empty text at first. The page may be empty without being the last one. */
  page: (part: Part, after: string) => Promise<IdPage>
  /** About how many events are stored. */
  estimate: () => Promise<number>
}

const EVENTS = 10_000
// A page of a user has all events of so many tasks.
const TASKS = 50

export function openStoredIds(connection: Connection): StoredIds {
  const events = driverCollection(eventModel(connection))
  const tasks = driverCollection(taskModel(connection))
  const onlyId = { projection: { _id: 1 } } as const

  async function find(filter: mongo.Filter<StoredEvent>, limit = 0): Promise<string[]> {
    const found = events
      .find(filter, { ...onlyId, batchSize: EVENTS + 1 })
      .sort({ _id: 1 })
      .limit(limit)
    return (await found.toArray()).map(({ _id }) => _id)
  }
  async function ofUser({ userId, day }: Part & { userId: string }, after: string): Promise<IdPage> {
    const mine = tasks.find({ userId, _id: { $gt: after } }, onlyId)
    const ids = (await mine.sort({ _id: 1 }).limit(TASKS).toArray()).map(({ _id }) => _id)
    if (ids.length === 0) return { ids: [], through: undefined }
    const ofTasks = { $or: ids.map(id => ({ _id: beginningWith(`${id}:`) })) }
    return { ids: await find({ ...ofTasks, ...on(day) }), through: ids.at(-1) }
  }
  return {
    async page({ userId, day }, after) {
      if (userId !== undefined) return ofUser({ userId, day }, after)
      const ids = await find({ _id: { $gt: after } }, EVENTS)
      const through = ids.at(-1)
      if (day === undefined || through === undefined) return { ids, through }
      // Not the next events of the day: MongoDB could look through the whole store for them, for longer than an answer may take.
      return { ids: await find({ _id: { $gt: after, $lte: through }, ...on(day) }), through }
    },
    estimate: () => events.estimatedDocumentCount(),
  }
}

/** Times are texts in UTC, which begin with the date. */
const on = (day: string | undefined) => (day === undefined ? {} : { time: beginningWith(`${day}T`) })
