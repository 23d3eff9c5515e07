import { finishUpdate } from '../../src/jobs/stored/finish-store.ts'
import type { FinalState, Job } from '../../src/jobs/stored/job.ts'
import type { JobsBase } from '../../src/jobs/stored/open-jobs-store.ts'
import { retention } from './adding.ts'

/** Sends a ready job to a worker, as the dispatcher does. @returns the job with the data that the worker gets */
export async function send(base: JobsBase, id: string): Promise<Job | undefined> {
  const sent = await base.jobs.findOneAndUpdate(
    { _id: id, state: 'ready' },
    { $set: { state: 'sent', worker: 'w' }, $inc: { attempt: 1 }, $unset: { slot: '' } },
    { returnDocument: 'after' },
  )
  return sent?.toObject() as Job | undefined
}

/** Ends jobs that have not ended, and tells the other parts, as the readers of outcomes do. */
export async function end(base: JobsBase, ids: string[], state: FinalState = 'succeeded', result?: unknown) {
  const [at, found] = [base.now(), await base.jobs.find({ _id: { $in: ids } }).lean<Job[]>()]
  const ending = { state, at, ...(result === undefined ? {} : { result: JSON.stringify(result) }) }
  for (const job of found) {
    const filter = { _id: job._id, finishedAt: { $exists: false } }
    await base.jobs.updateOne(filter, finishUpdate(job, ending, retention))
  }
  const finished = found.map(({ _id, kind, lane, group, then }) => ({
    id: _id,
    kind,
    lane,
    state,
    ...(group ? { group } : {}),
    ...(then ? { then } : {}),
  }))
  base.signals.emit('finished', finished)
}

/** Removes the events of all jobs, as the relay does when it has published them. */
export async function published(base: JobsBase): Promise<void> {
  await base.jobs.updateMany({}, { $unset: { outbox: '' } })
}
