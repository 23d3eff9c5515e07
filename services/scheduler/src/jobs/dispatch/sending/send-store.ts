import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import { absentArray, createIndexes, driverCollection, modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { mongo } from 'mongoose'
import type { Job } from '../../stored/job.ts'
import type { JobsBase } from '../../stored/open-jobs-store.ts'

/** An attempt that is about to be sent. */
export interface Send {
  /** The job as it was read: its last attempt is the one before this one. */
  job: Job
  worker: string
  places: string[]
  startFrom?: Date
  startBy: Date
}

/** Attempts that are sent together. Stored until their JobDue are published. */
export interface Dispatch {
  _id: string
  /** By MongoDB's clock. */
  at: Date
  /** The ids of the jobs. Absent in notes of earlier versions, whose jobs have the id of the dispatch in `dispatch`. */
  jobs?: string[]
}

export interface SendStore {
  /**
   * Notes that attempts are about to be sent under an id, so that another process can publish them after a crash. If a crash
   * comes before this note is stored, the attempts become ready again when their time to start has passed. In the same request
   * it removes the notes of dispatches that are published.
   */
  note: (dispatch: Dispatch, jobs: string[], published: string[]) => Promise<void>
  /** Removes the notes of dispatches that are published. */
  end: (published: string[]) => Promise<void>
  /**
   * Records attempts as sent, in one request. An attempt is won only if its job has not changed since it was read and no other
   * job holds one of its places.
   * @returns the attempts that were won
   */
  send: (sends: Send[], dispatch: Dispatch) => Promise<Send[]>
  /** Dispatches that began before an instant and have not ended, oldest first. */
  left: (before: Date, limit: number) => Promise<Dispatch[]>
  /** The jobs of a dispatch whose attempts have not started. */
  sentIn: (dispatch: Dispatch) => Promise<Job[]>
}

const dispatchSchema = schemaOf<Dispatch>({ at: Date, jobs: { type: [String], ...absentArray } })
dispatchSchema.index({ at: 1 }, { name: 'at' })

/** Opens the store of what is sent, and makes the indexes of the collection `job_dispatches`. */
export async function openSendStore({
  connection,
  jobs,
}: Pick<JobsBase, 'connection' | 'jobs'>): Promise<SendStore> {
  const model = modelOf(connection, 'job_dispatches', dispatchSchema)
  await createIndexes(model)
  const [collection, dispatches] = [driverCollection(jobs), driverCollection(model)]

  /** Which attempts of a dispatch were won, after some of them were refused. */
  async function won(sends: Send[], { _id }: Dispatch): Promise<Send[]> {
    const found = collection
      .find({ _id: { $in: sends.map(({ job }) => job._id) }, sentIn: _id })
      .project<Pick<Job, '_id'>>({ _id: 1 })
    const ids = new Set((await found.toArray()).map(({ _id }) => _id))
    return sends.filter(({ job }) => ids.has(job._id))
  }

  /** A coalescing job may have got newer data after it was read; once it is sent, its data stay. */
  async function withNewestData(sent: Send[]): Promise<Send[]> {
    const coalescing = sent.filter(({ job }) => job.slot !== undefined).map(({ job }) => job._id)
    if (coalescing.length === 0) return sent
    const found = collection
      .find({ _id: { $in: coalescing } })
      .project<Pick<Job, '_id' | 'data'>>({ data: 1 })
    const dataOf = new Map((await found.toArray()).map(({ _id, data }) => [_id, data]))
    return sent.map(one => ({ ...one, job: { ...one.job, data: dataOf.get(one.job._id) ?? one.job.data } }))
  }

  return {
    async note({ _id, at }, sent, published) {
      const update = { $setOnInsert: { at }, $push: { jobs: { $each: sent } } }
      const noted = { updateOne: { filter: { _id }, update, upsert: true } }
      const removed = { deleteMany: { filter: { _id: { $in: published } } } }
      // MongoDB gets a command for each of the two.
      await dispatches.bulkWrite(published.length === 0 ? [noted] : [noted, removed])
    },
    async end(published) {
      if (published.length > 0) await dispatches.deleteMany({ _id: { $in: published } })
    },
    async send(sends, dispatch) {
      let count: number | undefined
      try {
        count = (await collection.bulkWrite(updatesFor(sends, dispatch), { ordered: false })).modifiedCount
      } catch (error) {
        // Another job holds a place: that attempt is not won, and the others are.
        duplicatesIn(error)
      }
      return withNewestData(count === sends.length ? sends : await won(sends, dispatch))
    },
    left: (before, limit) =>
      dispatches
        .find({ at: { $lt: before } })
        .sort({ at: 1 })
        .limit(limit)
        .toArray(),
    sentIn({ _id, jobs }) {
      const theirs = jobs === undefined ? { dispatch: _id } : { _id: { $in: jobs }, sentIn: _id }
      const projection = { outbox: 0, attempts: 0, then: 0 } as const
      return collection.find({ ...theirs, state: 'sent' }, { projection }).toArray() as Promise<Job[]>
    },
  }
}

type Update = mongo.AnyBulkWriteOperation<Job>

/** One update for all attempts that get the same fields: most of the time that is one update for each worker. */
function updatesFor(sends: Send[], dispatch: Dispatch): Update[] {
  const same = Map.groupBy(sends, ({ job, worker, places, startFrom, startBy }) =>
    places.length > 0
      ? job._id
      : JSON.stringify([
          job.attempt,
          worker,
          startFrom?.getTime(),
          startBy.getTime(),
          job.slot !== undefined,
        ]),
  )
  return [...same.values()].map(group => updateFor(group as [Send, ...Send[]], dispatch))
}

function updateFor(group: [Send, ...Send[]], dispatch: Dispatch): Update {
  const [first] = group
  const ids = group.map(({ job }) => job._id)
  // The hint, because MongoDB might find the first ready jobs by the index `ready`, and then read all that are ready.
  const filter = { _id: { $in: ids }, state: 'ready' as const, attempt: first.job.attempt }
  const fields = sentFields(first, dispatch)
  const update = { $set: fields, ...(first.job.slot === undefined ? {} : { $unset: { slot: '' as const } }) }
  return { updateMany: { filter, update, hint: '_id_' } }
}

/** The fields of a job while its attempt is sent. */
export const sentFields = ({ job, worker, places, startFrom, startBy }: Send, { _id, at }: Dispatch) => ({
  state: 'sent' as const,
  attempt: job.attempt + 1,
  worker,
  sentIn: _id,
  sentAt: at,
  startBy,
  ...(startFrom === undefined ? {} : { startFrom }),
  ...(places.length === 0 ? {} : { places }),
})
