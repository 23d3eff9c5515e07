import type { Envelope } from '@daybook/shared/events'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { EmbeddedEvent, OutboxEntry } from '@daybook/shared/outbox'
import type { mongo } from 'mongoose'
import { finishUpdate, type Retention } from '../stored/finish-store.ts'
import { type Job, waitingStates } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'

/** An attempt that a worker has in hand. */
export interface AttemptInHand {
  job: string
  attempt: number
}

/** A job that was cancelled, and its JobFinished, which is stored. */
export interface EndedJob {
  job: Job
  event: EmbeddedEvent
}

/** The stored side of cancelling jobs. */
export interface CancelStore {
  /** The jobs with these ids, without data and results. */
  find: (ids: readonly string[]) => Promise<Job[]>
  /**
   * Ends jobs that wait.
   * @param found jobs as they were read
   * @returns those that are cancelled now; others have changed since they were read
   */
  end: (found: readonly Job[], at: Date) => Promise<EndedJob[]>
  /**
   * Stores for jobs that are sent or running that they are to be cancelled. If their attempt comes back, they end. The wish
   * is stored before workers are told, so that it is not lost.
   * @returns their attempts; jobs that have ended or wait are left out
   */
  ask: (ids: readonly string[], at: Date) => Promise<AttemptInHand[]>
}

const fields = { data: 0, result: 0, cause: 0, outbox: 0, attempts: 0 } as const

export function openCancelStore(jobs: JobModel, retention: Retention): CancelStore {
  const find = async (ids: readonly string[]) => jobs.find({ _id: { $in: ids } }, fields).lean<Job[]>()

  async function end(found: readonly Job[], at: Date): Promise<EndedJob[]> {
    if (found.length === 0) return []
    const ended = found.map(job => {
      const update = finishUpdate(job, { state: 'cancelled', at }, retention) as mongo.UpdateFilter<Job>
      return { job, update, event: { document: job._id, event: eventOf(update) } }
    })
    const writes = ended.map(({ job, update }) => ({ updateOne: { filter: asRead(job), update } }))
    const { modifiedCount } = await driverCollection(jobs).bulkWrite(writes, { ordered: false })
    if (modifiedCount === found.length) return ended
    const written = { _id: { $in: found.map(({ _id }) => _id) }, state: 'cancelled' as const, finishedAt: at }
    const ids = new Set((await jobs.find(written, { _id: 1 }).lean<Job[]>()).map(({ _id }) => _id))
    return ended.filter(({ job }) => ids.has(job._id))
  }

  async function ask(ids: readonly string[], at: Date): Promise<AttemptInHand[]> {
    if (ids.length === 0) return []
    const inHand = { _id: { $in: ids }, state: { $in: ['sent' as const, 'running' as const] } }
    await jobs.updateMany({ ...inHand, cancelAskedAt: { $exists: false } }, { $set: { cancelAskedAt: at } })
    // Read afterwards: an attempt that was read before may have been replaced by the next one.
    const asked = jobs.find({ ...inHand, cancelAskedAt: { $exists: true } }, { attempt: 1 })
    return (await asked.lean<Job[]>()).map(({ _id: job, attempt }) => ({ job, attempt }))
  }
  return { find, end, ask }
}

/** The event that an update stores. */
function eventOf({ $push }: mongo.UpdateFilter<Job>): Envelope {
  const { outbox } = $push as unknown as { outbox: { $each: [OutboxEntry] } }
  return outbox.$each[0].event
}

// The continuation decides what else the end of the job stores, and a coalescing request can change it.
const asRead = ({ _id, attempt, then }: Job): mongo.Filter<Job> => ({
  _id,
  attempt,
  state: { $in: [...waitingStates] },
  then: then ?? { $exists: false },
})
