import { driverCollection } from '@daybook/shared/mongo/model'
import type { JobWorker } from '../stored/job-worker.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import type { InHand } from './choice/credit.ts'

/** What the dispatcher reads about workers. */
export interface DispatchWorkers {
  /** The workers whose lease has not ended. @param brokerNow milliseconds by the broker's clock */
  alive: (brokerNow: number) => Promise<JobWorker[]>
  /** How many attempts each worker has in hand. Reads only the index `inHand`. */
  inHand: () => Promise<Map<string, InHand>>
}

/** @param leaseMs how long a worker is alive after its last beat, in milliseconds */
export function dispatchWorkers(
  { workers, jobs }: Pick<JobsBase, 'workers' | 'jobs'>,
  leaseMs: number,
): DispatchWorkers {
  // Without Mongoose's documents and casts: this is read in every turn.
  const [stored, attempts] = [driverCollection(workers), driverCollection(jobs)]
  return {
    alive: brokerNow =>
      stored
        .find(
          {
            beatAt: { $gte: new Date(brokerNow - leaseMs) },
            lostAt: { $exists: false },
            state: { $ne: 'stopped' },
          },
          { projection: { running: 0 } },
        )
        .toArray() as Promise<JobWorker[]>,
    async inHand() {
      const counted = attempts.aggregate<{ _id: string } & InHand>([
        { $match: { worker: { $gt: '' } } },
        {
          $group: {
            _id: '$worker',
            attempts: { $sum: 1 },
            suspects: { $sum: { $cond: ['$suspect', 1, 0] } },
          },
        },
      ])
      const found = await counted.toArray()
      return new Map(found.map(({ _id, attempts, suspects }) => [_id, { attempts, suspects }]))
    },
  }
}
