import { driverCollection } from '@daybook/shared/mongo/model'
import type { JobModel } from './job-model.ts'
import type { WorkerModel } from './worker-model.ts'

// Each part reads one entry of an index of open jobs: delayed, ready, held, or in hand.
const open = [
  { state: 'delayed', dueAt: { $gt: new Date(0) } },
  { state: 'ready' },
  { state: 'held', gate: { $gt: '' } },
  { worker: { $gt: '' } },
].map($match => [{ $match }, { $limit: 1 }, { $project: { _id: 1 } }])

const lives = [{ $match: { state: { $ne: 'stopped' } } }, { $limit: 1 }, { $project: { _id: 1 } }]

/** Makes a query that says whether a job is open or a worker has not stopped, by one request. */
export function openJobsOrWorkers(jobs: JobModel, workers: WorkerModel): () => Promise<boolean> {
  const collection = driverCollection(jobs)
  const [first = [], ...others] = open
  const union = [
    ...others.map(pipeline => ({ $unionWith: { coll: collection.collectionName, pipeline } })),
    { $unionWith: { coll: workers.collection.collectionName, pipeline: lives } },
  ]
  return async () => (await collection.aggregate([...first, ...union]).toArray()).length > 0
}
