import { driverCollection } from '@daybook/shared/mongo/model'
import { putInPlace } from '@daybook/shared/rebuild/put-in-place-store'
import type { Connection } from 'mongoose'
import type { Task } from '../task.ts'
import { fromDocument, LIVE, type TaskDocument, taskModel } from '../view/task-model.ts'
import { openTaskView, type TaskView } from '../view/view-store.ts'

const PAGE = 1000
const NEXT = 'tasks_next_'

/** The collection of a generation that is not live. */
const collectionOf = (generation: number | 'live') => (generation === 'live' ? LIVE : `${NEXT}${generation}`)

/** The documents of all generations of the view. */
export interface Views {
  /** Opens the view of a generation with all indexes. */
  open: (generation: number | 'live') => Promise<TaskView>
  /** The tasks of a view that follow an id, in the order of ids; none after the last one. */
  page: (generation: number | 'live', after: string) => Promise<Task[]>
  /**
   * Puts the documents of a generation in the place of the live ones, in one step that no reader sees half of. Does nothing if it
   * was done before.
   */
  makeLive: (generation: number) => Promise<void>
  /** Removes the documents of the generations up to this one that are not live. */
  removeThrough: (generation: number) => Promise<void>
}

export function openViews(connection: Connection): Views {
  const database = connection.getClient().db(connection.name)
  return {
    open: generation => openTaskView(connection, collectionOf(generation)),
    async page(generation, after) {
      const tasks = driverCollection<TaskDocument>(taskModel(connection, collectionOf(generation)))
      const found = tasks
        .find({ _id: { $gt: after } }, { batchSize: PAGE + 1 })
        .sort({ _id: 1 })
        .limit(PAGE)
      return (await found.toArray()).map(fromDocument)
    },
    // The number of a generation is not used twice, and nobody writes to its own collection any more.
    makeLive: generation => putInPlace(connection, collectionOf(generation), LIVE),
    async removeThrough(generation) {
      const found = await database.listCollections({}, { nameOnly: true }).toArray()
      for (const { name } of found)
        if (name.startsWith(NEXT) && Number(name.slice(NEXT.length)) <= generation)
          await database.dropCollection(name)
    },
  }
}
