import { driverCollection } from '@daybook/shared/mongo/model'
import { AGEING_MS, type Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'

/**
 * Lets the waiting job of a slot run for another request too. The job gets the newest data, continuation, priority and
 * expiry. Its time becomes that of the newest request, but no later than `maxDelay` after the first request.
 * @param job the job that would be added if none waited
 * @param maxDelay in milliseconds
 * @returns the id of the waiting job; undefined when none waits for its first attempt
 */
async function coalesce(
  { jobs, signals }: Pick<JobsBase, 'jobs' | 'signals'>,
  job: Job,
  maxDelay: number | undefined,
): Promise<string | undefined> {
  const { slot, data, then, priority, dueAt, addedAt: now, expiresAt, expiryFrom } = job
  const latest = maxDelay === undefined ? dueAt : { $min: [dueAt, { $add: ['$firstRequestedAt', maxDelay] }] }
  // A job that stays due keeps its turn. Otherwise requests that never stop would put it off for ever.
  const next = { $cond: [{ $lte: [latest, now] }, { $min: ['$dueAt', latest] }, latest] }
  const hasGate = { $ne: [{ $type: '$gate' }, 'missing'] }
  const isHeld = { $and: [hasGate, { $ne: ['$state', 'ready'] }] }
  const whenDue = { $cond: [isHeld, 'held', 'ready'] }
  // The condition on the slot also says that the job has not been sent: the update that sends it removes the slot.
  const updated = await driverCollection(jobs).findOneAndUpdate(
    { slot: slot as string },
    [
      {
        $set: { dueAt: next, data: { $literal: data }, priority, ...asSet({ then, expiresAt, expiryFrom }) },
      },
      {
        $set: {
          state: { $cond: [{ $lte: ['$dueAt', now] }, whenDue, 'delayed'] },
          rank: { $add: ['$dueAt', priority * AGEING_MS] },
        },
      },
    ],
    { projection: { state: 1, gate: 1 }, returnDocument: 'after' },
  )
  if (updated?.state === 'held' && updated.gate !== undefined) signals.emit('gatesFreed', [updated.gate])
  return updated?._id
}

export const coalesceWith =
  (base: Pick<JobsBase, 'jobs' | 'signals'>) => (job: Job, maxDelay: number | undefined) =>
    coalesce(base, job, maxDelay)

/** The fields of a `$set`. Fields that are undefined are removed. */
const asSet = (fields: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value === undefined ? '$$REMOVE' : { $literal: value },
    ]),
  )
